"""View and Image: where the picture stands, its window, which slice and series."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication

from covidviewer.ui.actions.custom_presets import CustomPresets
from covidviewer.ui.actions.file_presets import next_window
from covidviewer.ui.mpr.controller import MprController
from covidviewer.ui.presenters.compare_view import CompareView
from covidviewer.ui.presenters.slice_presenter import SlicePresenter
from covidviewer.ui.view.scene import Texts
from covidviewer.ui.view.view_transform import ViewTransform
from covidviewer.ui.workspace import Workspace


class LookCommands:
    """Acts on the view and the session."""

    def __init__(
        self,
        workspace: Workspace,
        slice_presenter: SlicePresenter,
        mpr: MprController,
        compare_view: CompareView,
        custom_presets: CustomPresets,
    ) -> None:
        self._workspace = workspace
        self._view, self._session = workspace.view, workspace.session
        self._slice_presenter, self._mpr, self._companion, self._own_windows = (
            slice_presenter,
            mpr,
            compare_view,
            custom_presets,
        )

    def fit(self) -> None:
        """The whole picture, as large as the view allows; turns stay."""
        view_transform = self._view.scene.view_transform
        self._view.set_view_transform(ViewTransform(turns=view_transform.turns, mirrored=view_transform.mirrored))

    def actual_size(self) -> None:
        """One pixel of the picture to one of the view."""
        self._view.set_view_transform(replace(self._view.scene.view_transform, zoom=1.0, shift=(0.0, 0.0)))

    def zoom(self, factor: float) -> None:
        """Nearer above 1, farther below, about the view's centre."""
        viewport_geometry = self._view.viewport_geometry()
        if viewport_geometry is not None:
            centre = QPointF(self._view.rect().center())
            self._view.set_view_transform(self._view.scene.view_transform.zoomed(factor, centre, viewport_geometry))

    def reset(self) -> None:
        """As the slice was first shown: place, turns, window, brightness."""
        one = self._session.shown
        if one is None or self._session.slice is None:
            return
        from covidviewer.ui.view.voi_presets import first_window

        one.inverted = False
        self._workspace.board.check("invert", False)
        self._view.scene.inverted = False
        self._view.set_view_transform(ViewTransform())
        self._view.set_window(first_window(self._session.slice))
        self._mpr.reset()

    def cycle_texts(self) -> None:
        """All, minimal, none, and again."""
        order = list(Texts)
        scene = self._view.scene
        scene.texts = order[(order.index(scene.texts) + 1) % len(order)]
        self._workspace.preferences.change(overlay=scene.texts.value)
        self._view.update()
        self._follow()

    def patient_text(self, shown: bool) -> None:
        """Name, number, age and sex in the corner."""
        self._workspace.preferences.change(show_patient=shown)
        self.show_texts()

    def show_texts(self) -> None:
        """The corner texts of the settings, in all views."""
        settings = self._workspace.preferences.settings
        self._slice_presenter.show_texts(settings.show_patient, settings.overlay_fields)
        self._companion.show_texts()

    def magnifier(self, shown: bool) -> None:
        """A lens under the pointer."""
        self._view.show_lens(shown)

    def full_screen(self, wanted: bool) -> None:
        """The whole screen, and back."""
        if wanted:
            self._workspace.window.showFullScreen()
        else:
            self._workspace.window.showNormal()

    def copy_picture(self) -> None:
        """The picture, or the planes, as they are shown, to the clipboard."""
        from covidviewer.ui.view.disclaimer import with_disclaimer

        QGuiApplication.clipboard().setImage(with_disclaimer(self._workspace.centre.picture.grab().toImage()))

    def first_slice(self) -> None:
        """The first."""
        self._session.show_slice(0)

    def last_slice(self) -> None:
        """The last."""
        if self._session.shown is not None:
            self._session.show_slice(len(self._session.shown.series) - 1)

    def step_series(self, places: int) -> None:
        """A later series in the list, or with a negative number an earlier one."""
        self._session.step_series(places)

    def window_auto(self) -> None:
        """From the 0.1st to the 99.9th percentile."""
        if self._session.slice is not None:
            from covidviewer.imaging.windowing import auto_window

            self._view.set_window(auto_window(self._session.slice))

    def window_file(self) -> None:
        """The file's own proposal, the next one when pressed again, or as first shown when it has none."""
        slice_ = self._session.slice
        if slice_ is not None:
            self._view.set_window(next_window(slice_, self._view.scene.window))

    def show_preset(self, name: str) -> None:
        """A built-in window, by its id in `imaging.windowing.PRESETS`."""
        from covidviewer.ui.view.voi_presets import preset

        self._view.set_window(preset(name))

    def type_window(self) -> None:
        """Width and level as numbers; own windows."""
        from covidviewer.ui.dialogs.window_level import WindowLevelDialog

        WindowLevelDialog(self._workspace, self._own_windows).show()

    def invert(self, inverted: bool) -> None:
        """Exchange bright and dark."""
        if self._session.shown is not None:
            self._session.shown.inverted = inverted
        self._view.set_inverted(inverted)
        self._follow()

    def turn(self, quarters: int) -> None:
        """Quarter turns, clockwise."""
        self._view.set_view_transform(self._view.scene.view_transform.turned(quarters))

    def flip_horizontal(self) -> None:
        """Exchange left and right."""
        self._view.set_view_transform(self._view.scene.view_transform.flipped(horizontally=True))

    def flip_vertical(self) -> None:
        """Exchange top and bottom."""
        self._view.set_view_transform(self._view.scene.view_transform.flipped(horizontally=False))

    def _follow(self) -> None:
        """The other views look as the first one does."""
        self._mpr.follow_view()
        self._companion.follow_view()
