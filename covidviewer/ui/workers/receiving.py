"""A DICOM receiver behind the window: started and ended on a thread of its own, for both take longer than a frame."""

from __future__ import annotations

import logging
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from covidviewer.errors import CovidViewerError
from covidviewer.texts import N_

if TYPE_CHECKING:
    from covidviewer.services.dicom.receiver_plan import ReceiverPlan

log = logging.getLogger(__name__)


class ReceiverThread(QThread):
    """One time of listening: `listening` or `refused` once, `received` for each object, and the thread's `finished`.

    Parameters
    ----------
    plan
        What is received, from whom.
    """

    listening = Signal(int)
    """The port."""
    refused = Signal(str)
    """It cannot listen or write there: one sentence."""
    received = Signal(object)
    """`Received`, from the thread of an association."""

    def __init__(self, plan: ReceiverPlan, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._ending = Event()

    def stop(self) -> None:
        """End soon; associations in work are aborted. Any thread."""
        self._ending.set()

    def run(self) -> None:
        """On the new thread: imports what start-up did not."""
        from covidviewer.services.dicom.receive import Receiver

        try:
            receiver = Receiver(self._plan, self.received.emit)
        except CovidViewerError as error:
            self.refused.emit(str(error))
            return
        except Exception:
            log.exception("Receiver failed")
            self.refused.emit(N_("Receiving failed unexpectedly; see the log for details."))
            return
        try:
            self.listening.emit(receiver.port)
            self._ending.wait()
        finally:
            receiver.close()
