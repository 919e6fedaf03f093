"""Puts on the view what the session shows and the analysis says, and keeps per series what a person chose."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from covidviewer.ui.state.analysis import Analysis
from covidviewer.ui.state.session import OpenSeries, Session
from covidviewer.ui.translation import tr
from covidviewer.ui.view.image_view import ImageView
from covidviewer.ui.view.view_transform import ViewTransform
from covidviewer.ui.workers.overlays import OverlayPainter

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from covidviewer.imaging.lungs.framing import Framing
    from covidviewer.imaging.slices import Slice, VoiWindow
    from covidviewer.inference.results import Result


class SlicePresenter(QObject):
    """The only writer of the view's scene but the view's own tools."""

    def __init__(self, session: Session, analysis: Analysis, view: ImageView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._analysis = analysis
        self._view = view
        self._patient = True
        self._fields: Collection[str] = ()
        self._place: tuple[OpenSeries, int] | None = None
        """Series and index of the slice in the scene; None for none, and for a preview. What is derived from a slice
        follows this, and not `session.shown`, whose pixels may still be on their way."""
        self._tissue: tuple[Slice, Framing, QImage] | None = None
        self._overlays = OverlayPainter(self)
        self._overlays.drawn.connect(self._on_tissue)
        session.previewed.connect(self._on_preview)
        session.series_shown.connect(self._on_series)
        session.slice_shown.connect(self._on_slice)
        session.slice_failed.connect(self._on_failed)
        analysis.result_shown.connect(lambda _: self._put_result())
        view.stepped.connect(session.step)
        view.window_changed.connect(self._on_window)
        view.view_transform_changed.connect(self._on_view_transform)
        view.box_moved.connect(analysis.score_box)

    def show_layer(self, layer: str, shown: bool) -> None:
        """Switch "heat", "tissue" or "box" on or off, for every slice from now on."""
        setattr(self._view.scene, f"show_{layer}", shown)
        self._put_result()

    def use_heat_colours(self, colours: str) -> None:
        """Draw heat maps in another pair of colours, by its id."""
        self._view.scene.heat_colours = colours
        self._put_result()

    def show_texts(self, patient: bool, fields: Collection[str]) -> None:
        """Whether corner texts may name the patient, and which of them are wanted, by DICOM keyword."""
        self._patient, self._fields = patient, fields
        self.put_corners()
        self._view.update()

    def stop(self, milliseconds: int) -> bool:
        """End the drawing of overlays; False when it did not come back in time."""
        return self._overlays.stop(milliseconds)

    def put_measurements(self) -> None:
        """The measurements of the slice in the scene, which may have changed."""
        if self._place is not None:
            one, index = self._place
            self._view.scene.measurements = one.measurements.get(index, ())
            self._view.update()

    def _on_series(self, one: OpenSeries | None) -> None:
        scene, self._place = self._view.scene, None
        scene.view_transform = one.view_transform if one is not None else ViewTransform()
        scene.inverted = one.inverted if one is not None else False
        self._view.show_slice(None, None)

    def _on_preview(self, slice_: Slice | None) -> None:
        """Without texts: its series is not known yet."""
        self._view.scene.corners = None
        self._place = None
        if slice_ is None:
            self._view.show_slice(None, None)
        else:
            from covidviewer.ui.view.voi_presets import first_window

            self._view.show_slice(slice_, first_window(slice_))

    def _on_slice(self, slice_: Slice) -> None:
        one = self._session.shown
        if one is None:
            return
        if one.window is None:
            from covidviewer.ui.view.voi_presets import first_window

            one.window = first_window(slice_)
        self._place = one, one.index
        self._view.show_slice(slice_, one.window)
        self.put_corners()
        self.put_measurements()
        self._put_result()

    def _on_failed(self, reason: str) -> None:
        self._place = None
        self._view.show_problem(tr(reason))

    def _put_result(self) -> None:
        """Lay the result of the slice in the scene over it, also while another slice is on its way."""
        scene, place, result = self._view.scene, self._place, self._result()
        scene.heat = scene.tissue = scene.box = None
        if place is not None and scene.slice is not None and result is not None and result.framing is not None:
            scene.box = place[0].boxes.get(place[1], result.framing.box)
            if scene.show_tissue:
                self._put_tissue(scene.slice, result.framing)
            if scene.show_heat and result.heat_map is not None:
                from covidviewer.ui.view.heat_colours import COLOURS
                from covidviewer.ui.view.heat_map import heat_image

                scene.heat, scene.heat_peak = heat_image(result.heat_map, result.framing, COLOURS[scene.heat_colours])
        self._view.update()

    def _result(self) -> Result | None:
        """Of the slice in the scene."""
        if self._place is None:
            return None
        one, index = self._place
        return one.results.get(index)

    def _put_tissue(self, slice_: Slice, framing: Framing) -> None:
        if self._tissue is not None and self._tissue[0] is slice_ and self._tissue[1] is framing:
            self._view.scene.tissue = self._tissue[2]
        else:
            self._overlays.draw(slice_, framing)

    def _on_tissue(self, slice_: Slice, framing: Framing, image: QImage) -> None:
        self._tissue = slice_, framing, image
        scene, result = self._view.scene, self._result()
        if scene.show_tissue and scene.slice is slice_ and result is not None and result.framing is framing:
            scene.tissue = image
            self._view.update()

    def put_corners(self) -> None:
        """The texts of the slice in the scene."""
        scene = self._view.scene
        if self._place is not None and scene.slice is not None:
            from covidviewer.ui.view.corners import fixed_corners

            one, index = self._place
            corners = fixed_corners(scene.slice, one.series.title, index, len(one.series), self._patient, self._fields)
            if index in one.key_images:
                corners = replace(corners, top_right=(*corners.top_right, tr("Key image")))
            scene.corners = corners
            self._view.update()

    def _on_window(self, window: VoiWindow) -> None:
        if self._session.shown is not None:
            self._session.shown.window = window

    def _on_view_transform(self, view_transform: ViewTransform) -> None:
        if self._session.shown is not None:
            self._session.shown.view_transform = view_transform
