"""The right-hand panel kept true: what the analysis says of the shown slice and series, and why it says nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from covidviewer.ui.panels.result_panel import ResultPanel
from covidviewer.ui.panels.series_list import SeriesList
from covidviewer.ui.presenters.slice_presenter import SlicePresenter
from covidviewer.ui.state.analysis import Model
from covidviewer.ui.translation import tr
from covidviewer.ui.workspace import Workspace

if TYPE_CHECKING:
    from covidviewer.inference.results import Result
    from covidviewer.ui.state.session import OpenSeries


class ResultPresenter(QObject):
    """Joins session and analysis to the panel, the slider and the list. GUI thread only.

    Parameters
    ----------
    opening
        Whether files are being opened now.
    """

    def __init__(
        self,
        workspace: Workspace,
        panel: ResultPanel,
        rows: SeriesList,
        slice_presenter: SlicePresenter,
        opening: Callable[[], bool],
    ) -> None:
        super().__init__(workspace.window)
        self._workspace, self._panel, self._list, self._slice_presenter = workspace, panel, rows, slice_presenter
        self._session, self._analysis, self._opening = workspace.session, workspace.analysis, opening
        settings = workspace.preferences.settings
        workspace.view.scene.heat_opacity = settings.heat_map_opacity
        workspace.view.scene.heat_colours = settings.heat_map_colours
        self._panel.heat.put(settings.heat_map_colours, settings.heat_map_opacity)
        self._offer_actions()
        self._connect()
        self._say_why_none()

    def _offer_actions(self) -> None:
        board, panel = self._workspace.board, self._panel
        panel.opacity.offer(board["hull"])
        panel.model_input.offer(board["box"])
        panel.heat.offer(board["heat-map"])
        panel.model_input.box_back_wanted.connect(board["box-reset"].trigger)
        panel.meaning_wanted.connect(board["meaning"].trigger)
        panel.card_wanted.connect(board["model-card"].trigger)

    def _connect(self) -> None:
        session, analysis, panel = self._session, self._analysis, self._panel
        session.previewed.connect(lambda _: self._say_why_none())
        session.series_shown.connect(self._on_series_shown)
        session.slice_wanted.connect(lambda _: panel.series.refresh())
        session.slice_failed.connect(lambda _: self._on_result(None))
        analysis.result_shown.connect(self._on_result)
        analysis.busy_changed.connect(panel.head.set_busy)
        analysis.model_changed.connect(self._on_model)
        analysis.series_progressed.connect(self._on_series_progress)
        analysis.series_ended.connect(self._on_series_ended)
        panel.head.analyse.clicked.connect(analysis.score_slice)
        panel.series.analyse_wanted.connect(analysis.score_series)
        panel.series.cancel_wanted.connect(analysis.cancel_series)
        panel.series.slice_chosen.connect(session.show_slice)
        panel.heat.opacity_changed.connect(self._on_heat_opacity)
        panel.heat.colours_changed.connect(self._on_heat_colours)

    def _on_series_shown(self, one: OpenSeries | None) -> None:
        self._panel.series.show_series(one, self._threshold())
        if one is None:
            self._on_result(None)

    def _on_result(self, result: Result | None) -> None:
        one = self._session.shown
        geometry = one.series.headers[one.index].geometry if one is not None else None
        self._panel.show_result(result, self._analysis.card, geometry, one is not None and one.index in one.boxes)
        if result is None:
            self._say_why_none()
        self._panel.series.refresh()
        self._workspace.centre.slider.update()
        if one is not None:
            self._list.rows.repaint_row(one)
        self._workspace.board.refresh()

    def _say_why_none(self) -> None:
        head, session, analysis = self._panel.head, self._session, self._analysis
        head.analyse.setVisible(False)
        if session.problem:
            head.show_state(tr("This slice could not be read"), tr(session.problem), "failed")
        elif analysis.model is Model.BROKEN:
            head.show_state(tr("No scores: the model cannot be used"), tr(analysis.model_problem), "warning")
        elif session.shown is None and self._opening():
            head.show_state(tr("Reading…"))
        elif session.shown is None:
            head.show_state(tr("No slice is open"))
        elif analysis.model is Model.LOADING:
            head.show_state(tr("Loading the model…"))
        else:
            head.analyse.setVisible(not analysis.automatic)
            head.show_state(tr("Not analysed yet"))

    def _on_model(self) -> None:
        analysis = self._analysis
        self._panel.figures.show_card(analysis.card)
        self._on_result(analysis.shown_result)
        self._panel.series.set_scorable(analysis.model is Model.READY)
        self._panel.series.show_series(self._session.shown, self._threshold())
        if analysis.device_notice:
            details = self._workspace.board["computer"].trigger
            self._workspace.banner.tell(tr(analysis.device_notice), tr("Details"), details)

    def _on_series_progress(self, one: OpenSeries, done: int, total: int) -> None:
        text = tr("Analysing slice {done} of {total}", done=done, total=total)
        self._workspace.status.show_progress(text, done, total)
        self._panel.series.show_progress((done, total))
        self._workspace.centre.slider.update()
        self._list.rows.repaint_row(one)
        self._workspace.board.refresh()

    def _on_series_ended(self, _one: OpenSeries | None, _complete: bool) -> None:
        self._workspace.status.show_progress("", 0, 0)
        self._panel.series.show_progress(None)
        self._workspace.board.refresh()

    def _on_heat_opacity(self, opacity: float) -> None:
        self._workspace.view.scene.heat_opacity = opacity
        self._workspace.preferences.change(heat_map_opacity=opacity)
        self._workspace.view.update()

    def _on_heat_colours(self, colours: str) -> None:
        self._workspace.preferences.change(heat_map_colours=colours)
        self._slice_presenter.use_heat_colours(colours)

    def _threshold(self) -> float | None:
        return self._analysis.card.threshold if self._analysis.card is not None else None
