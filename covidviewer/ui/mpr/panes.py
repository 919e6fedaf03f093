"""Three views of one volume with linked cursors: what is pointed at in one is shown by the other two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from covidviewer.imaging.volume import Plane, Volume, across
from covidviewer.texts import N_
from covidviewer.ui.figures import signed
from covidviewer.ui.translation import tr
from covidviewer.ui.view.corners import Corners
from covidviewer.ui.view.image_view import ImageView
from covidviewer.ui.view.scene import Texts
from covidviewer.ui.view.tools.looking import CrossTool
from covidviewer.ui.view.view_transform import ViewTransform

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Slice, VoiWindow
    from covidviewer.ui.view.measurements import Point

NAMES = {Plane.AXIAL: N_("Axial"), Plane.CORONAL: N_("Coronal"), Plane.SAGITTAL: N_("Sagittal")}
GAP = 2


class MprPanes(QWidget):
    """Axial on the left, coronal and sagittal above each other on the right. Imported with the first volume.

    Parameters
    ----------
    volume
        What is cut.
    at
        Index along each axis that is shown first.
    """

    moved = Signal()
    """Another place is shown: see `at`."""
    window_changed = Signal(object)
    probed = Signal(object, object)
    """Slice and image point under the pointer, or None."""

    def __init__(self, volume: Volume, at: tuple[int, int, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.volume = volume
        self.at = list(at)
        self.views = {plane: self._view(plane) for plane in Plane}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP)
        grid.addWidget(self.views[Plane.AXIAL], 0, 0, 2, 1)
        grid.addWidget(self.views[Plane.CORONAL], 0, 1)
        grid.addWidget(self.views[Plane.SAGITTAL], 1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def begin(self, window: VoiWindow, inverted: bool, texts: Texts) -> None:
        """Show all three in a window."""
        for plane, view in self.views.items():
            view.scene.inverted, view.scene.texts = inverted, texts
            view.scene.window = window
            self._show(plane)
        self._mark()

    @property
    def focused(self) -> Plane | None:
        """The plane whose pane has the keyboard."""
        return next((plane for plane, view in self.views.items() if view.hasFocus()), None)

    def go(self, plane: Plane, index: int) -> None:
        """Another index along one axis, the nearest one that there is."""
        index = min(max(index, 0), self.volume.count(plane) - 1)
        if index != self.at[plane]:
            self.at[plane] = index
            self._show(plane)
            self._mark()
            self.moved.emit()

    def set_window(self, window: VoiWindow) -> None:
        """The same window in all three."""
        for view in self.views.values():
            if view.scene.window != window:
                view.set_window(window)

    def set_inverted(self, inverted: bool) -> None:
        """Bright and dark exchanged in all three."""
        for view in self.views.values():
            view.set_inverted(inverted)

    def set_texts(self, texts: Texts) -> None:
        """How much stands in the corners of all three."""
        for view in self.views.values():
            view.scene.texts = texts
            view.update()

    def maximise(self, plane: Plane) -> None:
        """One pane in the place of the three, or all three again."""
        alone = all(view.isVisibleTo(self) for view in self.views.values())
        for other, view in self.views.items():
            view.setVisible(other is plane or not alone)
        self.views[plane].setFocus()

    def reset(self) -> None:
        """All three fitted to their panes."""
        for view in self.views.values():
            view.set_view_transform(ViewTransform())

    def _view(self, plane: Plane) -> ImageView:
        view = ImageView(self)
        view.setMinimumSize(120, 100)
        view.setAccessibleName(tr(NAMES[plane]))
        view.set_tool(CrossTool())
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        view.stepped.connect(lambda steps: self.go(plane, self.at[plane] + steps))
        view.pointed.connect(lambda point: self._on_pointed(plane, point))
        view.window_changed.connect(self._on_window)
        view.maximise_wanted.connect(lambda: self.maximise(plane))
        view.probed.connect(lambda point: self.probed.emit(view.scene.slice, point))
        return view

    def _show(self, plane: Plane) -> None:
        view, count = self.views[plane], self.volume.count(plane)
        cut: Slice = self.volume.cut(plane, self.at[plane])
        view.show_slice(cut, view.scene.window)
        is_read = plane == self.volume.along[0]
        number = self.volume.series_index(self.at[plane]) if is_read else self.at[plane]
        where = [tr("{index} of {count}", index=number + 1, count=count)]
        if cut.geometry is not None:
            where.append(tr("Position {mm} mm", mm=signed(cut.geometry.distance_mm, 1)))
        view.scene.corners = Corners(top_left=(tr(NAMES[plane]),), bottom_right=tuple(where))

    def _mark(self) -> None:
        for plane, view in self.views.items():
            row_axis, column_axis = across(plane)
            view.scene.cross = (self.at[column_axis] + 0.5, self.at[row_axis] + 0.5)
            view.update()

    def _on_pointed(self, plane: Plane, point: Point) -> None:
        row_axis, column_axis = across(plane)
        self.go(Plane(column_axis), int(point[0] // 1))
        self.go(Plane(row_axis), int(point[1] // 1))

    def _on_window(self, window: VoiWindow) -> None:
        self.set_window(window)
        self.window_changed.emit(window)
