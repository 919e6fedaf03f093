"""The contract of a tool, what it acts on, and the event that it is told of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, Qt, SignalInstance

if TYPE_CHECKING:
    from covidviewer.imaging.lungs.box import Box
    from covidviewer.imaging.slices import VoiWindow
    from covidviewer.ui.view.measurements import Measurement, Point
    from covidviewer.ui.view.scene import Scene
    from covidviewer.ui.view.view_transform import ViewportGeometry, ViewTransform


@dataclass(frozen=True)
class PointerEvent:
    """One mouse event of a drag: where it is, where it was before, where it began, in widget coordinates."""

    at: QPointF
    before: QPointF
    start: QPointF

    @property
    def dx(self) -> float:
        """Moved to the right since the last event."""
        return self.at.x() - self.before.x()

    @property
    def dy(self) -> float:
        """Moved down since the last event."""
        return self.at.y() - self.before.y()


class ToolHost(Protocol):
    """The view, as far as tools and keys act on it."""

    @property
    def scene(self) -> Scene:
        """What is shown; changed by the methods below alone."""

    @property
    def stepped(self) -> SignalInstance:
        """int: slices onwards, or back."""

    @property
    def measured(self) -> SignalInstance:
        """A finished Measurement."""

    @property
    def box_moved(self) -> SignalInstance:
        """The Box where it was let go."""

    @property
    def pointed(self) -> SignalInstance:
        """The Point that the linked cursor is dragged to."""

    def viewport_geometry(self) -> ViewportGeometry | None:
        """Image and widget together, or None without an image."""

    def image_point(self, at: QPointF) -> Point | None:
        """The image point under a widget point, also beyond the image's edge."""

    def set_window(self, window: VoiWindow) -> None:
        """Show the slice in another window."""

    def set_view_transform(self, view_transform: ViewTransform) -> None:
        """Zoom, shift, turn or mirror."""

    def draw(self, measurement: Measurement | None) -> None:
        """Show a measurement that is not finished, or none."""

    def move_box(self, box: Box) -> None:
        """Show the box elsewhere."""


class Tool(Protocol):
    """Acts on the view's scene. A tool keeps what it needs between moments, and forgets it in `cancel`."""

    cursor: Qt.CursorShape

    def press(self, view: ToolHost, event: PointerEvent) -> None:
        """A button went down."""

    def drag(self, view: ToolHost, event: PointerEvent) -> None:
        """The pointer moved with the button down."""

    def release(self, view: ToolHost, event: PointerEvent) -> None:
        """The button went up."""

    def hover(self, view: ToolHost, event: PointerEvent) -> None:
        """The pointer moved with no button down."""

    def cancel(self, view: ToolHost) -> None:
        """Whatever is half done is dropped."""


class Drag:
    """A tool that acts while dragging alone: the other events do nothing."""

    cursor = Qt.CursorShape.ArrowCursor

    def press(self, view: ToolHost, event: PointerEvent) -> None:
        """Nothing begins before the pointer moves."""

    def drag(self, view: ToolHost, event: PointerEvent) -> None:
        """Each tool says what."""
        raise NotImplementedError

    def release(self, view: ToolHost, event: PointerEvent) -> None:
        """The last drag was the end."""

    def hover(self, view: ToolHost, event: PointerEvent) -> None:
        """Only drags count."""

    def cancel(self, view: ToolHost) -> None:
        """Nothing is half done."""
