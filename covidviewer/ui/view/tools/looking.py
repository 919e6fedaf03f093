"""The tools that change how the image is seen: window and level, pan, zoom, scroll, and the linked cursor of planes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from covidviewer.ui.view.tools.tool import Drag, PointerEvent, Tool, ToolHost

if TYPE_CHECKING:
    from covidviewer.imaging.slices import VoiWindow


SHARE_PER_PIXEL: Final = 1 / 320
"""Of the window's width, per widget pixel: the same feel for a narrow and a wide window."""
NARROWEST: Final = 1.0
PIXELS_PER_SLICE: Final = 8
ZOOM_PER_PIXEL: Final = 1.008


class WindowTool(Drag):
    """Right is wider, up is brighter (as in OHIF, Horos and RadiAnt)."""

    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, upside_down: Callable[[], bool] = lambda: False) -> None:
        self._upside_down = upside_down

    def drag(self, view: ToolHost, event: PointerEvent) -> None:
        """Change the window in force."""
        if view.scene.window is not None:
            dy = -event.dy if self._upside_down() else event.dy
            view.set_window(dragged_window(view.scene.window, event.dx, dy))


def dragged_window(window: VoiWindow, dx: float, dy: float) -> VoiWindow:
    """The window after a drag by (dx, dy) widget pixels, y down. Its name goes: it is nobody's preset any more."""
    step = max(window.width, 20.0) * SHARE_PER_PIXEL
    return replace(window, width=max(NARROWEST, window.width + dx * step), centre=window.centre + dy * step, name="")


class PanTool(Drag):
    """The picture follows the pointer."""

    cursor = Qt.CursorShape.OpenHandCursor

    def drag(self, view: ToolHost, event: PointerEvent) -> None:
        """Shift by what the pointer moved; a fitted picture keeps its size."""
        viewport_geometry = view.viewport_geometry()
        if viewport_geometry is not None:
            view_transform = view.scene.view_transform
            view.set_view_transform(
                replace(view_transform, zoom=view_transform.scale(viewport_geometry)).shifted(event.dx, event.dy)
            )


class ZoomTool(Drag):
    """Up is nearer, about where the drag began."""

    cursor = Qt.CursorShape.SizeVerCursor

    def drag(self, view: ToolHost, event: PointerEvent) -> None:
        """Zoom by what the pointer moved."""
        viewport_geometry = view.viewport_geometry()
        if viewport_geometry is not None:
            view.set_view_transform(
                view.scene.view_transform.zoomed(ZOOM_PER_PIXEL**-event.dy, event.start, viewport_geometry)
            )


class ScrollTool(Drag):
    """Down is onwards through the series."""

    cursor = Qt.CursorShape.SplitVCursor

    def __init__(self) -> None:
        self._left_over = 0.0

    def press(self, view: ToolHost, event: PointerEvent) -> None:
        """A new drag counts from nought."""
        self._left_over = 0.0

    def drag(self, view: ToolHost, event: PointerEvent) -> None:
        """One slice for every few pixels."""
        self._left_over += event.dy
        steps = int(self._left_over / PIXELS_PER_SLICE)
        if steps:
            self._left_over -= steps * PIXELS_PER_SLICE
            view.stepped.emit(steps)


class CrossTool(Drag):
    """Press or drag: the place under the pointer is the one that all planes show."""

    cursor = Qt.CursorShape.CrossCursor

    def press(self, view: ToolHost, event: PointerEvent) -> None:
        """There at once."""
        self.drag(view, event)

    def drag(self, view: ToolHost, event: PointerEvent) -> None:
        """Tell the image point."""
        point = view.image_point(event.at)
        if point is not None:
            view.pointed.emit(point)


LOOKING: Final[Mapping[str, Callable[[], Tool]]] = {"pan": PanTool, "zoom": ZoomTool, "scroll": ScrollTool}
"""By their actions' ids without "tool-"; the window tool needs to know which way is up."""
