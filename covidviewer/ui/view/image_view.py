"""The image view: plain raster painting of one slice with its layers, and the mouse turned into tools.

It knows nothing of files, series or the model: it is given a scene's parts and tells what a person did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from covidviewer.ui.translation import tr
from covidviewer.ui.view.scene import Scene
from covidviewer.ui.view.tools.looking import PanTool, WindowTool, ZoomTool
from covidviewer.ui.view.tools.tool import PointerEvent, Tool
from covidviewer.ui.view.view_transform import ViewportGeometry, ViewTransform

if TYPE_CHECKING:
    from covidviewer.imaging.lungs.box import Box
    from covidviewer.imaging.slices import Slice, VoiWindow
    from covidviewer.ui.view.measurements import Measurement, Point

CLICK_REACH: Final = 4
"""A right press that moves less than this is a click and opens the menu."""
WHEEL_STEP: Final = 120
ZOOM_PER_NOTCH: Final = 1.15


class ImageView(QWidget):
    """Paints `scene`; every change goes through a method here, so that the picture is always the scene's."""

    stepped = Signal(int)
    """Slices onwards (or back) that the wheel or the scroll tool asks for."""
    window_changed = Signal(object)
    view_transform_changed = Signal(object)
    probed = Signal(object)
    """The image point under the pointer, (x, y), or None; again when another slice or transform comes under it."""
    measured = Signal(object)
    drawing_changed = Signal()
    """Something is half drawn now, or nothing any more."""
    box_moved = Signal(object)
    pointed = Signal(object)
    """The image point that the linked cursor is dragged to."""
    menu_wanted = Signal(QPoint)
    maximise_wanted = Signal()
    """A double click: this view alone, or not any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene = Scene()
        self._tool: Tool = WindowTool()
        self._held: Tool | None = None
        self._problem = ""
        self._start = QPointF()
        self._before = QPointF()
        self._wheel = 0
        self._pointer: QPointF | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 200)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(tr("Image"))

    # What is shown

    def show_problem(self, reason: str) -> None:
        """Say in the picture's place why there is none."""
        self.show_slice(None, None)
        self._problem = reason

    def show_slice(self, slice_: Slice | None, window: VoiWindow | None) -> None:
        """Show another slice, or none; layers of the one before go."""
        scene = self.scene
        self._problem = ""
        scene.slice, scene.window = slice_, window
        scene.heat = scene.tissue = scene.box = scene.drawn = None
        scene.measurements = ()
        self._redraw_picture()
        self._probe_again()

    def set_window(self, window: VoiWindow) -> None:
        """Show the slice in another window."""
        self.scene.window = window
        self._redraw_picture()
        self.window_changed.emit(window)

    def set_inverted(self, inverted: bool) -> None:
        """Exchange bright and dark."""
        self.scene.inverted = inverted
        self._redraw_picture()

    def show_lens(self, shown: bool) -> None:
        """Take the magnifier out, or put it away."""
        self.scene.show_lens = shown
        under = self.mapFromGlobal(QCursor.pos())
        self._move_lens(QPointF(under) if self.rect().contains(under) else None)

    def set_view_transform(self, view_transform: ViewTransform) -> None:
        """Zoom, shift, turn or mirror."""
        self.scene.view_transform = view_transform
        self.view_transform_changed.emit(view_transform)
        self.update()
        self._probe_again()

    def set_tool(self, tool: Tool) -> None:
        """What a left drag does from now on."""
        self._tool.cancel(self)
        self._tool = tool
        self.setCursor(tool.cursor)

    def cancel_tool(self) -> bool:
        """Drop what is half drawn; True when there was something."""
        drawing = self.scene.drawn is not None
        self._tool.cancel(self)
        return drawing

    def draw(self, measurement: Measurement | None) -> None:
        """Show a measurement that is not finished, or none."""
        changed = (measurement is None) != (self.scene.drawn is None)
        self.scene.drawn = measurement
        self.update()
        if changed:
            self.drawing_changed.emit()

    def move_box(self, box: Box) -> None:
        """Show the box elsewhere; nothing is scored before it is let go."""
        self.scene.box = box
        self.update()

    def viewport_geometry(self) -> ViewportGeometry | None:
        """Picture and widget together, or None without a picture."""
        return self.scene.viewport_geometry(QSizeF(self.size()))

    def image_point(self, at: QPointF) -> Point | None:
        """The image point under a widget point, also beyond the picture's edge."""
        return self.scene.to_image(at, QSizeF(self.size()))

    def _redraw_picture(self) -> None:
        scene = self.scene
        if scene.slice is None or scene.window is None:
            scene.picture = None
        else:
            from covidviewer.ui.view.pixels import picture

            scene.picture = picture(scene.slice, scene.window, scene.inverted)
        self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Black, the picture, then the layers above it."""
        painter = QPainter(self)
        viewport_geometry, viewport = self.viewport_geometry(), self.rect().toRectF()
        if viewport_geometry is None:
            painter.fillRect(self.rect(), Qt.GlobalColor.black)
            painter.setPen(Qt.GlobalColor.lightGray)
            words = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(32, 32, -32, -32), words, self._problem)
            return
        from covidviewer.ui.view.painting import paint_scene

        paint_scene(painter, self.scene, viewport_geometry, viewport)
        painter.end()

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Give the drag to the tool that the button and the place stand for."""
        if self.scene.slice is None:
            return
        self._start = self._before = event.position()
        self._held = self._tool_for(event)
        if self._held is not None:
            self._held.press(self, self._pointer_event(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag with what is held; otherwise probe, and show what a press would do."""
        pointer = self._pointer_event(event.position())
        if self._held is not None:
            self._held.drag(self, pointer)
        else:
            from covidviewer.ui.view.tools.box import BoxTool, grip_at

            self._tool.hover(self, pointer)
            grip = grip_at(self, event.position())
            self.setCursor(BoxTool.cursor if grip is not None else self._tool.cursor)
        self._before = event.position()
        self._move_lens(event.position())
        self._pointer = event.position()
        self._probe_again()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the drag; a right click that did not move opens the menu."""
        held, self._held = self._held, None
        if held is not None:
            held.release(self, self._pointer_event(event.position()))
        moved = (event.position() - self._start).manhattanLength()
        if event.button() is Qt.MouseButton.RightButton and moved < CLICK_REACH:
            self.menu_wanted.emit(event.globalPosition().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The view alone, and back."""
        if event.button() is Qt.MouseButton.LeftButton and self.scene.slice is not None:
            self.maximise_wanted.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """One slice a notch; with Ctrl, zoom at the pointer."""
        turned = event.angleDelta().y()
        viewport_geometry = self.viewport_geometry()
        if viewport_geometry is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            factor = ZOOM_PER_NOTCH ** (turned / WHEEL_STEP)
            self.set_view_transform(self.scene.view_transform.zoomed(factor, event.position(), viewport_geometry))
        else:
            self._wheel += turned
            steps = int(self._wheel / WHEEL_STEP)
            if steps:
                self._wheel -= steps * WHEEL_STEP
                self.stepped.emit(-steps)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and arrows move picture or box; whatever else is the window's."""
        from covidviewer.ui.view.steering import steer

        if not steer(self, event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard acts here."""
        self.scene.focused = True
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard acts elsewhere."""
        self.scene.focused = False
        self.update()

    def leaveEvent(self, event: object) -> None:
        """Nothing is under the pointer any more."""
        self._move_lens(None)
        self._pointer = None
        self.probed.emit(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The keyboard's menu key; the mouse's menu comes with the release."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.menu_wanted.emit(self.mapToGlobal(self.rect().center()))

    def _probe_again(self) -> None:
        if self._pointer is not None:
            self.probed.emit(self.image_point(self._pointer))

    def _move_lens(self, at: QPointF | None) -> None:
        lens = (at.x(), at.y()) if self.scene.show_lens and at is not None else None
        if lens != self.scene.lens:
            self.scene.lens = lens
            self.update()

    def _pointer_event(self, at: QPointF) -> PointerEvent:
        return PointerEvent(at, self._before, self._start)

    def _tool_for(self, event: QMouseEvent) -> Tool | None:
        match event.button():
            case Qt.MouseButton.LeftButton if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                return PanTool()
            case Qt.MouseButton.LeftButton if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                return WindowTool()
            case Qt.MouseButton.LeftButton:
                from covidviewer.ui.view.tools.box import BoxTool, grip_at

                grip = grip_at(self, event.position())
                return BoxTool(grip) if grip is not None else self._tool
            case Qt.MouseButton.MiddleButton:
                return PanTool()
            case Qt.MouseButton.RightButton:
                return ZoomTool()
        return None
