"""Measure and Edit: which tool the left button holds, and the measurements with their undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand, QUndoStack

from covidviewer.ui.actions.table import TOOLS
from covidviewer.ui.presenters.slice_presenter import SlicePresenter
from covidviewer.ui.state.measurement_store import MeasurementStore
from covidviewer.ui.translation import tr
from covidviewer.ui.view.tools.looking import LOOKING, WindowTool
from covidviewer.ui.view.tools.tool import Tool
from covidviewer.ui.workspace import Workspace

if TYPE_CHECKING:
    from covidviewer.ui.state.session import OpenSeries
    from covidviewer.ui.view.measurements import Measurement


class MeasureCommands:
    """Acts on the view's tool, and on the measurements of the shown slice."""

    def __init__(self, workspace: Workspace, slice_presenter: SlicePresenter) -> None:
        self._workspace, self._slice_presenter = workspace, slice_presenter
        self._session = workspace.session
        self.stack = QUndoStack(workspace.window)
        self._store = MeasurementStore(workspace.preferences.path)
        self._session.series_shown.connect(self.restore)
        self._session.series_closed.connect(self.stack.clear)  # there is nothing to go back to
        workspace.view.measured.connect(self.add)

    def take_tool(self, name: str) -> None:
        """What the left button does from now on, by its action's id; of a name that is not there, the first tool."""
        action = f"tool-{name}" if f"tool-{name}" in TOOLS else TOOLS[0]
        self._workspace.view.set_tool(self._made_tool(action.removeprefix("tool-")))
        self._workspace.board.check(action, True)

    def _made_tool(self, name: str) -> Tool:
        if name == "window":
            return WindowTool(lambda: self._workspace.preferences.settings.invert_window_drag)
        if name in LOOKING:
            return LOOKING[name]()
        from covidviewer.ui.view.tools.measuring import MEASURING

        return MEASURING[name]()

    def add(self, measurement: Measurement) -> None:
        """Keep a measurement that was drawn."""
        self._change(tr("measurement"), (*self._present(), measurement))

    def remove_last(self) -> None:
        """The one drawn last on this slice."""
        self._change(tr("removal"), self._present()[:-1])

    def remove_all(self) -> None:
        """All on this slice."""
        self._change(tr("removal"), ())

    def histogram(self) -> None:
        """How the values inside the last region are spread."""
        from covidviewer.ui.dialogs.histogram import HistogramDialog

        HistogramDialog(self._workspace, self.stack).show()

    def key_image(self, wanted: bool) -> None:
        """Mark the shown slice as one to come back to, or no more."""
        one = self._session.shown
        if one is None:
            return
        (one.key_images.add if wanted else one.key_images.discard)(one.index)
        self._store.keep(one, one.index)
        self._workspace.centre.slider.update()
        self._slice_presenter.put_corners()
        self._workspace.board.refresh()

    def next_key_image(self) -> None:
        """The next marked slice, after the last one the first."""
        one = self._session.shown
        if one is not None and one.key_images:
            self._session.show_slice(min((i for i in one.key_images if i > one.index), default=min(one.key_images)))

    def undo(self) -> None:
        """Take back the last change."""
        self.stack.undo()

    def redo(self) -> None:
        """Do it again."""
        self.stack.redo()

    def put(self, one: OpenSeries, index: int, measurements: tuple[Measurement, ...]) -> None:
        """Make these the measurements of a slice, and look at it."""
        one.measurements[index] = measurements
        self._store.keep(one, index)
        if one is not self._session.shown:
            self._session.show_series(one)
        if one.index != index:
            self._session.show_slice(index)
        self._slice_presenter.put_measurements()
        self._workspace.board.refresh()

    def stop(self, milliseconds: int) -> bool:
        """Write what is not yet kept; False when the disk did not come back in time."""
        return self._store.stop(milliseconds)

    def restore(self, one: OpenSeries | None) -> None:
        """What was measured on a series before, the first time that it is shown."""
        if one is not None:
            self._store.restore(one)

    def _present(self) -> tuple[Measurement, ...]:
        one = self._session.shown
        return one.measurements.get(one.index, ()) if one is not None else ()

    def _change(self, text: str, after: tuple[Measurement, ...]) -> None:
        one = self._session.shown
        if one is not None:
            self.stack.push(MeasurementsChange(self, text, one, self._present(), after))


class MeasurementsChange(QUndoCommand):
    """From one tuple of measurements to another, on one slice."""

    def __init__(
        self,
        commands: MeasureCommands,
        text: str,
        one: OpenSeries,
        before: tuple[Measurement, ...],
        after: tuple[Measurement, ...],
    ) -> None:
        super().__init__(text)
        self._commands = commands
        self._one, self._index = one, one.index
        self._before, self._after = before, after

    def redo(self) -> None:
        """Also the first time."""
        self._commands.put(self._one, self._index, self._after)

    def undo(self) -> None:
        """Back."""
        self._commands.put(self._one, self._index, self._before)
