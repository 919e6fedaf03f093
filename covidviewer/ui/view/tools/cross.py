"""The tool of the planes: the linked cursor follows the pointer."""

from __future__ import annotations

from PySide6.QtCore import Qt

from covidviewer.ui.view.tools.tool import Drag, PointerEvent, ToolHost


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
