"""File: opening, closing, leaving. Opening runs on its own thread; what it found comes back as values."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from covidviewer.texts import N_
from covidviewer.ui.state.session_store import SessionStore
from covidviewer.ui.translation import tr
from covidviewer.ui.workers.opening import OpeningThread
from covidviewer.ui.workspace import Workspace

if TYPE_CHECKING:
    from covidviewer.imaging.opening import Opened

FILTER = "CT (*.dcm *.dicom *.ima *.png *.jpg *.jpeg *.tif *.tiff *.bmp *.webp *.zip)"


class FileCommands(QObject):
    """Owns the opening that runs; a new one waits for its turn."""

    remembered = Signal()
    """The recent files changed."""
    ended = Signal()
    """An opening is over, whatever came of it."""

    def __init__(self, workspace: Workspace, last_session: SessionStore) -> None:
        super().__init__(workspace.window)
        self._workspace, self.last_session = workspace, last_session
        self._thread: OpeningThread | None = None
        self._next: list[tuple[Path, ...]] = []

    def open_files(self) -> None:
        """Ask for files, and open them."""
        every = f"{tr('All files')} (*)"
        names, _ = QFileDialog.getOpenFileNames(
            self._workspace.window, tr("Open files"), str(self._last_folder()), f"{every};;{FILTER}"
        )
        if names:
            self.open([Path(name) for name in names])

    def open_folder(self) -> None:
        """Ask for a folder, and open what is in it."""
        name = QFileDialog.getExistingDirectory(self._workspace.window, tr("Open folder"), str(self._last_folder()))
        if name:
            self.open([Path(name)])

    def open_sample(self) -> None:
        """The synthetic chest, written once to the cache folder."""
        from covidviewer.ui.workers.sample import SampleThread

        if self._thread is None:
            self._begin(SampleThread(self._workspace.window))

    def open_last(self) -> None:
        """What was open when the program ended, each series at its slice."""
        paths = self.last_session.recall()
        if paths:
            self.open(paths)
        else:
            self._on_refused(N_("The files of the last session no longer exist."))

    def open(self, paths: Sequence[Path]) -> None:
        """Open files and folders, after whatever is being opened."""
        if not paths:
            return
        if self._thread is not None:
            self._next.append(tuple(paths))
            return
        self._workspace.preferences.remember(paths)
        self.remembered.emit()
        self._begin(OpeningThread(paths, self._workspace.window))

    def show_opened(self, opened: Opened, origin: Sequence[Path] = ()) -> None:
        """Put what an opening of the paths in `origin` found into the list, and say what could not be read."""
        self._workspace.session.add(opened.series, opened.unread, origin)
        sentence, banner = opened_text(opened), self._workspace.banner
        if sentence and opened.unread:
            banner.tell(sentence, tr("Show list"), self.show_unread)
        elif sentence:
            banner.tell(sentence)
        else:
            banner.hide()

    def show_unread(self) -> None:
        """The files that could not be read, with reasons."""
        from covidviewer.ui.dialogs.unread import UnreadDialog

        UnreadDialog(self._workspace.session.unread, self._workspace.window).open()

    def close_series(self) -> None:
        """Take the shown series out of the list."""
        shown = self._workspace.session.shown
        if shown is not None:
            self._workspace.analysis.cancel_series()
            self._workspace.session.close(shown)

    def close_all(self) -> None:
        """Back to the empty window."""
        self._workspace.analysis.cancel_series()
        self._workspace.session.close_all()

    def quit(self) -> None:
        """Leave."""
        self._workspace.window.close()

    @property
    def opening(self) -> bool:
        """Whether files are being opened."""
        return self._thread is not None

    def cancel_opening(self) -> bool:
        """Stop what is being opened, and what waits; True when there was something."""
        if self._thread is None:
            return False
        self._next.clear()
        self._thread.cancel()
        return True

    def stop(self, milliseconds: int) -> bool:
        """End the opening; False when a reader did not come back in time."""
        self.cancel_opening()
        return self._thread is None or self._thread.wait(milliseconds)

    def _begin(self, thread: OpeningThread) -> None:
        self._thread = thread
        thread.progressed.connect(self._on_progress)
        thread.previewed.connect(self._workspace.session.preview)
        thread.opened.connect(self._on_opened)
        thread.refused.connect(self._on_refused)
        thread.finished.connect(self._on_finished)
        thread.start()
        self._on_progress(0, 0)

    def _on_progress(self, done: int, total: int) -> None:
        workspace = self._workspace
        text = tr("Reading {done} of {total} files", done=done, total=total) if total else tr("Searching for files")
        workspace.status.show_progress(text, done, total)
        workspace.centre.set_reading(True)
        workspace.board.refresh()

    def _on_opened(self, opened: Opened) -> None:
        thread = self._thread
        self.show_opened(opened, thread.paths if thread is not None else ())

    def _on_refused(self, reason: str) -> None:
        self._workspace.banner.tell(tr(reason))

    def _on_finished(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.deleteLater()
        workspace = self._workspace
        workspace.status.show_progress("", 0, 0)
        workspace.centre.set_reading(False)
        workspace.session.end_preview()
        workspace.analysis.start()
        workspace.board.refresh()
        self.ended.emit()
        if self._next:
            self.open(self._next.pop(0))

    def _last_folder(self) -> Path:
        last = self._workspace.preferences.settings.last_folder
        return Path(last) if last else Path.home()


def opened_text(opened: Opened) -> str:
    """'' when everything that was offered is open, and there was something."""
    files = sum(len({header.source.path for header in one.headers}) for one in opened.series)
    unread = len(opened.unread)
    if not files and not unread:
        return tr("No images were found.")
    if not files:
        return tr(opened.unread[0].reason) if unread == 1 else tr("None of the {n} files could be read.", n=unread)
    if unread:
        return tr("Opened {files} of {all} files; {n} could not be read.", files=files, all=files + unread, n=unread)
    return ""
