"""The least that Qt can show: a window with one label. Says "painted" behind its first paint and leaves."""

import sys

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel


class Painted(QObject):
    """Leaves behind the first paint."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Seen once."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, leave)
        return False


def leave() -> None:
    """The first paint is done."""
    print("painted", flush=True)
    QApplication.quit()


application = QApplication(sys.argv)
label = QLabel("CovidViewer")
label.resize(1440, 900)
painted = Painted()
label.installEventFilter(painted)
label.show()
sys.exit(application.exec())
