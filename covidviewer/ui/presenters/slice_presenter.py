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
from covidviewer.ui.view.view_transform import Pose
from covidviewer.ui.workers.overlays import OverlayPainter

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from covidviewer.imaging.lungs.framing import Framing
    from covidviewer.imaging.slices import Slice, Window
    from covidviewer.inference.results import Result
    from covidviewer.ui.view.measurements import Measurement


class Stage(QObject):
    """The only writer of the view's scene but the view's own tools."""

    def __init__(self, session: Session, analysis: Analysis, view: ImageView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._analysis = analysis
        self._view = view
        self._patient = True
        self._fields: Collection[str] = ()
        self._tissue: tuple[Framing, QImage] | None = None
        self._overlays = OverlayPainter(self)
        self._overlays.drawn.connect(self._on_tissue)
        session.glimpsed.connect(self._on_glimpse)
        session.series_shown.connect(self._on_series)
        session.slice_shown.connect(self._on_slice)
        session.slice_failed.connect(lambda reason: view.show_problem(tr(reason)))
        analysis.result_shown.connect(self._on_result)
        view.stepped.connect(session.step)
        view.window_changed.connect(self._on_window)
        view.pose_changed.connect(self._on_pose)
        view.box_moved.connect(analysis.score_box)

    def show_layer(self, layer: str, shown: bool) -> None:
        """Switch "heat", "tissue" or "box" on or off, for every slice from now on."""
        setattr(self._view.scene, f"show_{layer}", shown)
        self._put_result(self._analysis.shown_result)

    def use_heat_colours(self, colours: str) -> None:
        """Draw heat maps in another pair of colours, by its id."""
        self._view.scene.heat_colours = colours
        self._put_result(self._analysis.shown_result)

    def show_texts(self, patient: bool, fields: Collection[str]) -> None:
        """Whether corner texts may name the patient, and which of them are wanted, by DICOM keyword."""
        self._patient, self._fields = patient, fields
        self.put_corners()
        self._view.update()

    def stop(self, milliseconds: int) -> bool:
        """End the drawing of overlays; False when it did not come back in time."""
        return self._overlays.stop(milliseconds)

    def put_measurements(self, measurements: tuple[Measurement, ...]) -> None:
        """The measurements of the shown slice."""
        self._view.scene.measurements = measurements
        self._view.update()

    def _on_series(self, one: OpenSeries | None) -> None:
        scene = self._view.scene
        scene.pose = one.pose if one is not None else Pose()
        scene.inverted = one.inverted if one is not None else False
        self._view.show_slice(None, None)

    def _on_glimpse(self, slice_: Slice | None) -> None:
        """Without texts: its series is not known yet."""
        self._view.scene.corners = None
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
        self._view.show_slice(slice_, one.window)
        self.put_corners()
        self._view.scene.measurements = one.measurements.get(one.index, ())
        self._put_result(self._analysis.shown_result)

    def _on_result(self, result: Result | None) -> None:
        if self._session.slice is not None:
            self._put_result(result)

    def _put_result(self, result: Result | None) -> None:
        scene, one = self._view.scene, self._session.shown
        framing = result.framing if result is not None else None
        scene.heat = scene.tissue = scene.box = None
        if framing is not None and one is not None and scene.slice is not None:
            scene.box = one.boxes.get(one.index, framing.box)
            if scene.show_tissue:
                self._put_tissue(scene.slice, framing)
            if scene.show_heat and result is not None and result.heat_map is not None:
                from covidviewer.ui.view.heat_colours import COLOURS
                from covidviewer.ui.view.heat_map import heat_image

                scene.heat, scene.heat_peak = heat_image(result.heat_map, framing, COLOURS[scene.heat_colours])
        self._view.update()

    def _put_tissue(self, slice_: Slice, framing: Framing) -> None:
        if self._tissue is not None and self._tissue[0] is framing:
            self._view.scene.tissue = self._tissue[1]
        else:
            self._overlays.draw(slice_, framing)

    def _on_tissue(self, framing: Framing, image: QImage) -> None:
        self._tissue = (framing, image)
        self._overlays.forget()
        result = self._analysis.shown_result
        if result is not None and result.framing is framing and self._view.scene.show_tissue:
            self._view.scene.tissue = image
            self._view.update()

    def put_corners(self) -> None:
        """The texts of the shown slice."""
        one, slice_ = self._session.shown, self._session.slice
        if one is not None and slice_ is not None:
            from covidviewer.ui.view.corners import fixed_corners

            corners = fixed_corners(slice_, one.series.title, one.index, len(one.series), self._patient, self._fields)
            if one.index in one.key_images:
                corners = replace(corners, top_right=(*corners.top_right, tr("Key image")))
            self._view.scene.corners = corners
            self._view.update()

    def _on_window(self, window: Window) -> None:
        if self._session.shown is not None:
            self._session.shown.window = window

    def _on_pose(self, pose: Pose) -> None:
        if self._session.shown is not None:
            self._session.shown.pose = pose
