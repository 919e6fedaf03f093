"""Analyse: score slice or series, show what the model saw, cancel."""

from __future__ import annotations

from covidviewer.ui.commands.files import FileCommands
from covidviewer.ui.mpr.controller import MprController
from covidviewer.ui.presenters.slice_presenter import SlicePresenter
from covidviewer.ui.workspace import Workspace


class AnalyseCommands:
    """Acts on the analysis, and on the layers that show it."""

    def __init__(
        self, workspace: Workspace, slice_presenter: SlicePresenter, files: FileCommands, mpr: MprController
    ) -> None:
        self._view, self._analysis = workspace.view, workspace.analysis
        self._slice_presenter, self._files, self._mpr = slice_presenter, files, mpr

    def slice(self) -> None:
        """Score the shown slice now."""
        self._analysis.score_slice()

    def series(self) -> None:
        """Score every slice of the shown series."""
        self._analysis.score_series()

    def heat_map(self, shown: bool) -> None:
        """Where the score came from."""
        self._slice_presenter.show_layer("heat", shown)

    def hull(self, shown: bool) -> None:
        """The lungs as they were found, and the density bands in them."""
        self._slice_presenter.show_layer("tissue", shown)

    def box(self, shown: bool) -> None:
        """The part of the slice that the model saw."""
        self._slice_presenter.show_layer("box", shown)

    def box_reset(self) -> None:
        """The box goes back to where the lungs put it, and is scored again."""
        self._analysis.score_box(None)

    def cancel(self) -> None:
        """The nearest thing first: a half-drawn measurement, opening, reading for the planes, the series analysis."""
        if not (self._view.cancel_tool() or self._files.cancel_opening() or self._mpr.cancel()):
            self._analysis.cancel_series()
