"""The tools that draw measurements: distance, angle, Cobb angle, ellipse, rectangle and freehand."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Qt

from covidviewer.ui.view.measurements import Angle, Cobb, Distance, Measurement, Outline, Point, Region, Shape
from covidviewer.ui.view.tools.tool import PointerEvent, Tool, ToolHost

LEAST_DRAG: Final = 4.0
"""Widget pixels; a shorter drag was a slip and leaves nothing."""
LEAST_STEP: Final = 2.0
"""Widget pixels between the points of an outline that is drawn by hand."""
MOST_POINTS: Final = 5000


class TwoPointTool:
    """Press at one point, let go at the other."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self) -> None:
        self._start: Point | None = None

    def made(self, start: Point, end: Point) -> Measurement:
        """What lies between two image points."""
        raise NotImplementedError

    def press(self, view: ToolHost, event: PointerEvent) -> None:
        """The first point."""
        self._start = view.image_point(event.at)

    def drag(self, view: ToolHost, event: PointerEvent) -> None:
        """Show what would be left."""
        end = view.image_point(event.at)
        if self._start is not None and end is not None:
            view.draw(self.made(self._start, end))

    def release(self, view: ToolHost, event: PointerEvent) -> None:
        """Keep it, unless it was a slip."""
        end = view.image_point(event.at)
        far = math.hypot(event.at.x() - event.start.x(), event.at.y() - event.start.y()) >= LEAST_DRAG
        view.draw(None)
        if self._start is not None and end is not None and far:
            view.measured.emit(self.made(self._start, end))
        self._start = None

    def hover(self, view: ToolHost, event: PointerEvent) -> None:
        """Nothing happens between drags."""

    def cancel(self, view: ToolHost) -> None:
        """Drop the line that is being drawn."""
        self._start = None
        view.draw(None)


class DistanceTool(TwoPointTool):
    """A straight line."""

    def made(self, start: Point, end: Point) -> Measurement:
        """The line between the points."""
        return Distance(start, end)


class RegionTool(TwoPointTool):
    """An ellipse or a rectangle, corner to corner."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self._shape = shape

    def made(self, start: Point, end: Point) -> Measurement:
        """The outline in the box between the points."""
        return Region(self._shape, start, end)


class CobbTool:
    """Drag the first line, then the second."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self) -> None:
        self._start: Point | None = None
        self._first: Distance | None = None

    def press(self, view: ToolHost, event: PointerEvent) -> None:
        """Where a line begins."""
        self._start = view.image_point(event.at)

    def drag(self, view: ToolHost, event: PointerEvent) -> None:
        """Show the line, and the angle with the second one."""
        drawn = self._drawn(view, event)
        if drawn is not None:
            view.draw(drawn if self._first is None else Cobb(self._first, drawn))

    def release(self, view: ToolHost, event: PointerEvent) -> None:
        """Keep the line, unless it was a slip; with the second the angle is whole."""
        drawn = self._drawn(view, event)
        far = math.hypot(event.at.x() - event.start.x(), event.at.y() - event.start.y()) >= LEAST_DRAG
        self._start = None
        if drawn is None or not far:
            view.draw(self._first)
        elif self._first is None:
            self._first = drawn
            view.draw(drawn)
        else:
            first, self._first = self._first, None
            view.draw(None)
            view.measured.emit(Cobb(first, drawn))

    def hover(self, view: ToolHost, event: PointerEvent) -> None:
        """The first line waits for the second."""

    def cancel(self, view: ToolHost) -> None:
        """Drop the lines that are drawn."""
        self._start = self._first = None
        view.draw(None)

    def _drawn(self, view: ToolHost, event: PointerEvent) -> Distance | None:
        end = view.image_point(event.at)
        return Distance(self._start, end) if self._start is not None and end is not None else None


class FreehandTool:
    """The pointer draws the outline; letting go closes it."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self) -> None:
        self._points: list[Point] = []
        self._last = (0.0, 0.0)

    def press(self, view: ToolHost, event: PointerEvent) -> None:
        """The first point."""
        point = view.image_point(event.at)
        self._points = [point] if point is not None else []
        self._last = (event.at.x(), event.at.y())

    def drag(self, view: ToolHost, event: PointerEvent) -> None:
        """Another point, when the pointer has gone far enough."""
        point, at = view.image_point(event.at), (event.at.x(), event.at.y())
        if point is None or not self._points or len(self._points) >= MOST_POINTS:
            return
        if math.dist(at, self._last) >= LEAST_STEP:
            self._points.append(point)
            self._last = at
        if len(self._points) >= 3:
            view.draw(Outline(tuple(self._points)))

    def release(self, view: ToolHost, event: PointerEvent) -> None:
        """Keep it, unless it was a slip."""
        points, self._points = self._points, []
        view.draw(None)
        if len(points) >= 3:
            view.measured.emit(Outline(tuple(points)))

    def hover(self, view: ToolHost, event: PointerEvent) -> None:
        """Nothing happens between drags."""

    def cancel(self, view: ToolHost) -> None:
        """Drop the outline that is being drawn."""
        self._points = []
        view.draw(None)


class AngleTool:
    """Drag the first arm to the vertex, then click the end of the second."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self) -> None:
        self._points: list[Point] = []

    def press(self, view: ToolHost, event: PointerEvent) -> None:
        """The end of the first arm, or of the second."""
        point = view.image_point(event.at)
        if point is None:
            return
        if len(self._points) == 2:
            first, vertex = self._points
            self._points = []
            view.draw(None)
            view.measured.emit(Angle(first, vertex, point))
        else:
            self._points = [point]

    def drag(self, view: ToolHost, event: PointerEvent) -> None:
        """Show the first arm."""
        point = view.image_point(event.at)
        if point is not None and len(self._points) == 1:
            view.draw(Distance(self._points[0], point))

    def release(self, view: ToolHost, event: PointerEvent) -> None:
        """The vertex, unless it was a slip."""
        far = math.hypot(event.at.x() - event.start.x(), event.at.y() - event.start.y()) >= LEAST_DRAG
        point = view.image_point(event.at)
        if len(self._points) == 1 and point is not None and far:
            self._points.append(point)
        elif len(self._points) == 1:
            self.cancel(view)

    def hover(self, view: ToolHost, event: PointerEvent) -> None:
        """Show the second arm."""
        point = view.image_point(event.at)
        if point is not None and len(self._points) == 2:
            view.draw(Angle(self._points[0], self._points[1], point))

    def cancel(self, view: ToolHost) -> None:
        """Drop the arms that are drawn."""
        self._points = []
        view.draw(None)


MEASURING: Final[Mapping[str, Callable[[], Tool]]] = {
    "distance": DistanceTool,
    "angle": AngleTool,
    "cobb": CobbTool,
    "ellipse": partial(RegionTool, Shape.ELLIPSE),
    "rectangle": partial(RegionTool, Shape.RECTANGLE),
    "freehand": FreehandTool,
}
"""By their actions' ids without "tool-"."""
