"""File > Export picture: what the view shows, with its texts, as a PNG or JPEG file."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from covidviewer.errors import OutputUnwritable
from covidviewer.texts import N_
from covidviewer.ui.translation import tr
from covidviewer.ui.workers.thread_pool import StoppableThreadPool
from covidviewer.ui.workspace import Workspace

if TYPE_CHECKING:
    from PySide6.QtGui import QImage


log = logging.getLogger(__name__)

FORMS: Final = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
FILTER: Final = "PNG (*.png);;JPEG (*.jpg)"
QUALITY: Final = 92


class ExportCommands(QObject):
    """The picture is taken at once and written behind the window."""

    _written = Signal(object)
    _refused = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.window)
        self._workspace = workspace
        self._pool = StoppableThreadPool("export", 1)
        self._written.connect(self._on_written)
        self._refused.connect(lambda reason: workspace.banner.tell(tr(reason)))

    def picture(self) -> None:
        """The view or the planes, as they are shown: texts that are hidden are not in the file either."""
        one = self._workspace.session.shown
        if one is None:
            return
        from PySide6.QtWidgets import QFileDialog

        from covidviewer.ui.view.disclaimer import with_disclaimer

        image = with_disclaimer(self._workspace.centre.picture.grab().toImage())
        stem = one.series.headers[one.index].source.path.stem
        folder = Path(self._workspace.preferences.settings.last_folder or Path.home())
        offered = str(folder / f"{stem}-picture.png")
        chosen, form = QFileDialog.getSaveFileName(self._workspace.window, tr("Export image"), offered, FILTER)
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.lower() not in FORMS:
            path = path.with_name(path.name + form.partition("*")[2].rstrip(")"))
            if path.exists():
                self._workspace.banner.tell(tr("“{path}” already exists; choose another name.", path=path))
                return
        self._pool.begin(lambda: self._write(image, path))

    def stop(self, milliseconds: int) -> bool:
        """Write what waits; False when the disk did not come back in time."""
        return self._pool.finish(milliseconds)

    def _write(self, image: QImage, path: Path) -> None:
        try:
            write_picture(image, path)
        except OutputUnwritable as error:
            self._refused.emit(str(error))
        except Exception:
            log.exception("Exporting an image failed")
            self._refused.emit(N_("The image could not be written; see the log for details."))
        else:
            self._written.emit(path)

    def _on_written(self, path: Path) -> None:
        def show() -> None:
            from PySide6.QtCore import QUrl
            from PySide6.QtGui import QDesktopServices

            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.absolute())))

        self._workspace.banner.tell_good(tr("The image “{name}” has been saved.", name=path.name), tr("Open"), show)


def write_picture(image: QImage, path: Path) -> None:
    """Whole or not at all, in the form that the name says. Any thread. Raises `OutputUnwritable`."""
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QImage

    from covidviewer.files import atomic_write

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    form = FORMS[path.suffix.lower()]
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    if not plain.save(buffer, form, QUALITY if form == "JPEG" else -1):  # type: ignore[call-overload]
        raise OutputUnwritable("“{path}” cannot be written: {why}.", path=path, why="no such kind of picture")
    atomic_write(path, bytes(buffer.data().data()))
