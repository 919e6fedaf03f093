"""File > Save report, of the shown slice or its series, as HTML or PDF; and scores as DICOM objects."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from covidviewer.ui.translation import tr
from covidviewer.ui.workspace import Workspace

if TYPE_CHECKING:
    from covidviewer.services.report.content import Report
    from covidviewer.ui.workers.reports import SavingThread

FORMS: Final = "PDF (*.pdf);;HTML (*.html)"


class ReportCommands:
    """One thing is saved at a time."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._thread: SavingThread | None = None

    def slice(self) -> None:
        """Of the shown slice, as it was scored."""
        session, analysis = self._workspace.session, self._workspace.analysis
        shown, slice_, result, card = session.shown, session.slice, analysis.shown_result, analysis.card
        if shown is None or slice_ is None or result is None or card is None:
            self._tell(tr("This slice has not been analysed yet; there is nothing to report."))
            return

        def make() -> Report:
            from covidviewer.services.report.content import ScoredSlice, now, slice_report

            return slice_report(ScoredSlice(slice_.source.path.name, slice_, result), card, now())

        self._save(slice_.source.path.stem, make)

    def series(self) -> None:
        """Of the shown series, with the results that there are."""
        shown, card = self._workspace.session.shown, self._workspace.analysis.card
        if shown is None or card is None or not shown.results:
            self._tell(tr("No slice of this series has been analysed yet; there is nothing to report."))
            return
        series, results = shown.series, dict(shown.results)

        def make() -> Report:
            from covidviewer.services.report.content import now, series_report

            return series_report(series, results, card, now())

        self._save(series.title, make)

    def dicom(self) -> None:
        """Heat maps and scores of the shown series as DICOM objects, without the patient's elements."""
        shown, card = self._workspace.session.shown, self._workspace.analysis.card
        if shown is None or card is None or not shown.results:
            self._tell(tr("No slice of this series has been analysed yet; there is nothing to report."))
            return
        name = QFileDialog.getExistingDirectory(
            self._workspace.window, tr("Folder for DICOM objects"), str(self._folder())
        )
        if not name:
            return
        series, results, folder = shown.series, dict(shown.results), Path(name)

        def work() -> None:
            from covidviewer.services.dicom.export import write_dicom

            write_dicom(series, results, card, folder)

        said = tr("Heat maps and scores are written as DICOM objects, without patient attributes.")
        self._begin(work, said, folder)

    def stop(self, milliseconds: int) -> bool:
        """Wait for what is being saved; False when it did not come back in time."""
        return self._thread is None or self._thread.wait(milliseconds)

    def _folder(self) -> Path:
        last = self._workspace.preferences.settings.last_folder
        return Path(last) if last else Path.home()

    def _save(self, name: str, make: Callable[[], Report]) -> None:
        safe = "".join(letter if letter.isalnum() or letter in " -_." else "_" for letter in name)[:80].strip()
        offered = self._folder() / f"{safe or 'slice'}-report.pdf"
        chosen, form = QFileDialog.getSaveFileName(self._workspace.window, tr("Save report"), str(offered), FORMS)
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.lower() not in (".pdf", ".html"):
            path = path.with_name(path.name + form.partition("*")[2].rstrip(")"))
            if path.exists():
                self._tell(tr("“{path}” already exists; choose another name.", path=path))
                return

        def work() -> None:
            from covidviewer.ui.workers.reports import REPORT_WRITERS

            REPORT_WRITERS[path.suffix.lower()](make(), path)

        self._begin(work, tr("The report “{name}” has been saved.", name=path.name), path)

    def _begin(self, work: Callable[[], None], said: str, place: Path) -> None:
        """Save in the background; then say so, and offer to open the place."""
        if self._thread is not None:
            self._tell(tr("Another file is being saved."))
            return
        from covidviewer.ui.workers.reports import SavingThread

        def show() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(place.absolute())))

        thread = SavingThread(work, self._workspace.window)
        thread.written.connect(lambda: self._workspace.banner.tell_good(said, tr("Open"), show))
        thread.refused.connect(lambda reason: self._tell(tr(reason)))
        thread.finished.connect(self._on_finished)
        self._thread = thread
        thread.start()

    def _on_finished(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.deleteLater()

    def _tell(self, sentence: str) -> None:
        self._workspace.banner.tell(sentence)
