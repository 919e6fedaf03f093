"""The contract of a tool, and the moment that it is told of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, Qt

if TYPE_CHECKING:
    from covidviewer.ui.view.image_view import ImageView


@dataclass(frozen=True)
class Moment:
    """One mouse event of a drag: where it is, where it was before, where it began, in widget coordinates."""

    at: QPointF
    before: QPointF
    start: QPointF

    @property
    def dx(self) -> float:
        """Moved to the right since the last moment."""
        return self.at.x() - self.before.x()

    @property
    def dy(self) -> float:
        """Moved down since the last moment."""
        return self.at.y() - self.before.y()


class Tool(Protocol):
    """Acts on the view's scene. A tool keeps what it needs between moments, and forgets it in `cancel`."""

    cursor: Qt.CursorShape

    def press(self, view: ImageView, moment: Moment) -> None:
        """A button went down."""

    def drag(self, view: ImageView, moment: Moment) -> None:
        """The pointer moved with the button down."""

    def release(self, view: ImageView, moment: Moment) -> None:
        """The button went up."""

    def hover(self, view: ImageView, moment: Moment) -> None:
        """The pointer moved with no button down."""

    def cancel(self, view: ImageView) -> None:
        """Whatever is half done is dropped."""


class Drag:
    """A tool that acts while dragging alone: the other moments do nothing."""

    cursor = Qt.CursorShape.ArrowCursor

    def press(self, view: ImageView, moment: Moment) -> None:
        """Nothing begins before the pointer moves."""

    def drag(self, view: ImageView, moment: Moment) -> None:
        """Each tool says what."""
        raise NotImplementedError

    def release(self, view: ImageView, moment: Moment) -> None:
        """The last drag was the end."""

    def hover(self, view: ImageView, moment: Moment) -> None:
        """Only drags count."""

    def cancel(self, view: ImageView) -> None:
        """Nothing is half done."""
