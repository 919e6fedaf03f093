"""Meets every page that opens on the way: pictures it, answers it, closes it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QFileDialog, QMessageBox, QWidget

from tests.gui.tour.album import Album

LOOK_EVERY_MS = 20
FORMS = {"export-picture": ".png", "report-slice": ".pdf", "report-series": ".html"}
"""What an action saves, by its suffix."""


class Doorkeeper:
    """Looks for pages that wait for an answer while the walk itself has to wait for them.

    Parameters
    ----------
    saved
        A folder for what is saved on the way.
    """

    def __init__(self, album: Album, saved: Path) -> None:
        self._album, self._saved = album, saved
        self._busy = False
        self._met: list[QWidget] = []
        self.step = ""
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(LOOK_EVERY_MS)

    def leave(self) -> None:
        """The walk is over."""
        self._timer.stop()

    def close_pages(self) -> None:
        """Picture and close what an action opened beside the window."""
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                self._album.page(self.step, widget)
                widget.close()

    def _look(self) -> None:
        page = QApplication.activeModalWidget()
        if page is None or page in self._met or self._busy:
            return
        self._busy = True
        self._met.append(page)
        try:
            self._album.page(self.step, page)
            self._answer(page)
        finally:
            self._busy = False

    def _answer(self, page: QWidget) -> None:
        if isinstance(page, QFileDialog) and page.acceptMode() is QFileDialog.AcceptMode.AcceptSave:
            page.selectFile(str(self._saved / f"{self.step}{FORMS[self.step]}"))
            self._agree(page, QDialogButtonBox.StandardButton.Save)
        elif isinstance(page, QFileDialog) and self.step == "dicom-out":
            page.setDirectory(str(self._saved))
            self._agree(page, QDialogButtonBox.StandardButton.Open)
        elif isinstance(page, QMessageBox) and isinstance(page.parentWidget(), QFileDialog):
            self._agree(page, QDialogButtonBox.StandardButton.Yes)  # the file of an earlier walk is replaced
        else:
            page.close()

    def _agree(self, page: QWidget, button: QDialogButtonBox.StandardButton) -> None:
        """Click behind the look: a timer does not fire within its own slot, and the click may open a question."""
        box = page.findChild(QDialogButtonBox)
        assert box is not None
        QTimer.singleShot(0, box.button(button).click)
