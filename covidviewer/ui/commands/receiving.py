"""Tools > Receive: owns the one dialog and the receiver behind it, and opens what has come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

from covidviewer.ui.translation import tr
from covidviewer.ui.workspace import Workspace

if TYPE_CHECKING:
    from covidviewer.services.dicom.receive import Received
    from covidviewer.services.dicom.receiver_plan import ReceiverPlan
    from covidviewer.ui.dialogs.receiving import ReceiveDialog
    from covidviewer.ui.workers.receiving import ReceiverThread

QUIET_MS: Final = 2000
"""A series of which nothing came for so long is opened."""


class ReceiveCommands:
    """Off until a person starts it; goes on while the dialog is closed, and ends with the window.

    Parameters
    ----------
    open_paths
        Opens the folder of a series that has come.
    """

    def __init__(self, workspace: Workspace, open_paths: Callable[[Sequence[Path]], None]) -> None:
        self._workspace, self._open_paths = workspace, open_paths
        self._thread: ReceiverThread | None = None
        self._waiting: dict[Path, QTimer] = {}
        self.dialog: ReceiveDialog | None = None

    @property
    def running(self) -> bool:
        """Whether it listens, or is about to."""
        return self._thread is not None

    def open(self) -> None:
        """Show the dialog, as it was left."""
        if self.dialog is None:
            from covidviewer.ui.dialogs.receiving import ReceiveDialog

            self.dialog = ReceiveDialog(self._workspace.window)
            self.dialog.start_wanted.connect(self._start)
            self.dialog.stop_wanted.connect(self._stop)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def stop(self, milliseconds: int) -> bool:
        """End listening; False when it did not come back in time."""
        for timer in self._waiting.values():
            timer.stop()
        self._stop()
        return self._thread is None or self._thread.wait(milliseconds)

    def _start(self, plan: ReceiverPlan) -> None:
        from covidviewer.ui.workers.receiving import ReceiverThread

        assert self.dialog is not None
        thread = ReceiverThread(plan, self._workspace.window)
        thread.listening.connect(self.dialog.on_listening)
        thread.refused.connect(self.dialog.on_refused)
        thread.received.connect(self._on_received)
        thread.finished.connect(self._on_finished)
        self._thread = thread
        thread.start()

    def _stop(self) -> None:
        if self._thread is not None:
            self._thread.stop()

    def _on_received(self, received: Received) -> None:
        if self.dialog is not None:
            self.dialog.on_received(received)
        if received.path is None:
            return
        folder = received.path.parent
        timer = self._waiting.get(folder)
        if timer is None:
            timer = QTimer(self._workspace.window, singleShot=True, interval=QUIET_MS)
            timer.timeout.connect(lambda: self._show(folder))
            self._waiting[folder] = timer
        timer.start()

    def _show(self, folder: Path) -> None:
        """Open a series that came; one that is open already is told of, for it may have grown."""
        self._waiting.pop(folder).deleteLater()
        if any(folder in one.origin for one in self._workspace.session.opened):
            sentence = tr("More slices of an open series have arrived; reopen its folder to see them.")
            self._workspace.banner.tell(sentence)
            return
        self._open_paths([folder])

    def _on_finished(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.deleteLater()
        if self.dialog is not None:
            self.dialog.on_ended()
