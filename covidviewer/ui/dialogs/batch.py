"""Classify a folder: choose, run, pause, stop, go on, and see what came of each file and of all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from covidviewer.texts import N_
from covidviewer.ui.dialogs.batch_form import BatchForm
from covidviewer.ui.dialogs.widgets import fit, scrolling
from covidviewer.ui.figures import count, milliseconds
from covidviewer.ui.panels.outcome_table import OutcomeModel, OutcomeTable, Shown
from covidviewer.ui.panels.widgets import label, wheel_when_focused
from covidviewer.ui.plain_text import PageBrowser
from covidviewer.ui.theme.look import Look
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr, with_decimal_sign
from covidviewer.ui.workers.batch import BatchThread

if TYPE_CHECKING:
    from covidviewer.services.batch.plan import BatchPlan
    from covidviewer.services.batch.progress import FileOutcome, Progress
    from covidviewer.services.batch.summary import Summary
    from covidviewer.services.scoring import Scorer

SHOWN: Final = ((Shown.ALL, N_("All files")), (Shown.WITHOUT, N_("Without a score")), (Shown.FAILED, N_("Failed")))


class State(Enum):
    """What the batch does."""

    IDLE = auto()
    RUNNING = auto()
    PAUSED = auto()
    STOPPING = auto()


class BatchDialog(QDialog):
    """Not modal; closing it leaves the batch running.

    Parameters
    ----------
    look
        For the summary's colours.
    make_scorer
        Makes the engine on the batch's own thread.
    """

    open_wanted = Signal(object)
    """A file that a person wants to see: its path."""

    def __init__(self, look: Look, make_scorer: Callable[[], Scorer], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Classify a folder"))
        fit(self, UNIT * 270, UNIT * 180)
        self._look, self._make_scorer = look, make_scorer
        self._thread: BatchThread | None = None
        self._state = State.IDLE
        self._summary: Summary | None = None
        self._outdated = False
        self.plan: BatchPlan | None = None
        self.form = BatchForm()
        self.start, self.pause, self.stop = QPushButton(tr("Start")), QPushButton(tr("Pause")), QPushButton(tr("Stop"))
        self.start.setProperty("role", "primary")
        self.show_folder = QPushButton(tr("Show the table's folder"))
        self.close_button = QPushButton(tr("Close"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress of the batch"))
        self.line = label("", "caption")
        self.trouble = label("", "warning")
        self.model = OutcomeModel()
        self.table = OutcomeTable(self.model)
        self.shown = QComboBox()
        self.shown.setAccessibleName(tr("Files to show"))
        for value, text in SHOWN:
            self.shown.addItem(tr(text), value)
        wheel_when_focused(self.shown)
        self.summary = PageBrowser()
        self.summary.setOpenLinks(False)
        self.summary.setAccessibleName(tr("Summary"))
        self.tabs = QTabWidget()
        self._lay_out()
        self._connect()
        self._refresh()

    @property
    def running(self) -> bool:
        """Whether a batch is under way, paused ones too."""
        return self._thread is not None

    def end(self, wait_ms: int) -> bool:
        """Stop whatever runs; False when it did not come back in time."""
        thread = self._thread
        if thread is None:
            return True
        thread.stop()
        return thread.wait(wait_ms)

    # Building

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT * 2)
        for button in (self.start, self.pause, self.stop):
            buttons.addWidget(button)
        buttons.addWidget(self.line, 1)
        files = QWidget()
        column = QVBoxLayout(files)
        column.setContentsMargins(0, UNIT * 2, 0, 0)
        column.addWidget(self.shown, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.table, 1)
        self.summary.document().setDocumentMargin(UNIT * 4)
        self.tabs.addTab(files, tr("Files"))
        self.tabs.addTab(self.summary, tr("Summary"))
        button_row = QHBoxLayout()
        button_row.addWidget(self.show_folder)
        button_row.addStretch()
        button_row.addWidget(self.close_button)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(UNIT * 3)
        inside.addWidget(self.form)
        inside.addLayout(buttons)
        inside.addWidget(self.bar)
        inside.addWidget(self.trouble)
        inside.addWidget(self.tabs, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(UNIT * 4, UNIT * 4, UNIT * 4, UNIT * 4)
        page.setSpacing(UNIT * 3)
        page.addWidget(scrolling(content), 1)
        page.addLayout(button_row)

    def _connect(self) -> None:
        self.start.clicked.connect(self._start)
        self.pause.clicked.connect(self._pause)
        self.stop.clicked.connect(self._stop)
        self.close_button.clicked.connect(self.close)
        self.show_folder.clicked.connect(self._show_folder)
        self.form.changed.connect(self._refresh)
        self.shown.currentIndexChanged.connect(lambda _: self.model.show_only(Shown(self.shown.currentData())))
        self.table.doubleClicked.connect(self._open_row)
        self._look.changed.connect(self._paint_summary)

    # Running

    def _start(self) -> None:
        self._outdated = True
        self._say("")
        self.line.setText(tr("Loading the model…"))
        self.bar.setRange(0, 0)
        self.plan = self.form.plan()
        thread = BatchThread(self.plan, self._make_scorer, self)
        thread.noticed.connect(self._say)
        thread.progressed.connect(self._on_progress)
        thread.completed.connect(self._on_completed)
        thread.stopped_early.connect(self._on_stopped)
        thread.refused.connect(self._on_refused)
        thread.finished.connect(self._on_finished)
        self._thread, self._state = thread, State.RUNNING
        thread.start(BatchThread.Priority.LowPriority)
        self._refresh()

    def _pause(self) -> None:
        if self._thread is None:
            return
        if self._state is State.PAUSED:
            self._thread.resume()
            self._state = State.RUNNING
        else:
            self._thread.pause()
            self._state = State.PAUSED
        self._refresh()

    def _stop(self) -> None:
        if self._thread is not None:
            self._state = State.STOPPING
            self.line.setText(tr("Stopping after the current slices…"))
            self._thread.stop()
            self._refresh()

    def _forget_earlier(self) -> None:
        """A new run goes: what the one before showed is done with. A run that is refused leaves it."""
        if self._outdated:
            self._outdated = False
            self.model.clear()
            self._summary = None
            self.summary.clear()
            self.tabs.setCurrentIndex(0)

    def _on_progress(self, outcomes: Sequence[FileOutcome], progress: Progress) -> None:
        self._forget_earlier()
        self.model.add(outcomes)
        self.bar.setRange(0, max(1, progress.total))
        self.bar.setValue(progress.done)
        if self._state is not State.STOPPING:
            self.line.setText(progress_text(progress, self._state is State.PAUSED))

    def _on_completed(self, summary: Summary) -> None:
        self._forget_earlier()
        self._summary = summary
        self._paint_summary()
        self.tabs.setCurrentIndex(1)
        files = count(summary.files, tr("file"), tr("files"))
        failed = tr(", {n} of them failed", n=summary.failed_files) if summary.failed_files else ""
        self.line.setText(tr("Done: {files}{failed}. The table has been written.", files=files, failed=failed))

    def _on_stopped(self) -> None:
        done = tr(
            "{done} of {all} files are completed and saved.", done=self.bar.value(), all=max(0, self.bar.maximum())
        )
        self.line.setText(tr("Stopped. {done} Click Start to resume.", done=done))

    def _on_refused(self, reason: str) -> None:
        self._say(tr(reason))
        self.line.setText("")

    def _on_finished(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.deleteLater()
        self._state = State.IDLE
        if self.bar.maximum() == 0:
            self.bar.setRange(0, 1)
        self.form.look_for_earlier_run()
        self._refresh()

    # Showing

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def _refresh(self) -> None:
        """What can be pressed now."""
        idle = self._thread is None
        self.form.setEnabled(idle)
        self.start.setEnabled(idle and self.form.complete)
        self.pause.setEnabled(self._state in (State.RUNNING, State.PAUSED))
        self.pause.setText(tr("Resume") if self._state is State.PAUSED else tr("Pause"))
        self.stop.setEnabled(self._state in (State.RUNNING, State.PAUSED))
        self.bar.setVisible(not idle or self.bar.value() > 0)
        self.trouble.setVisible(bool(self.trouble.text()))
        self.show_folder.setEnabled(self._summary is not None)
        self.tabs.setTabEnabled(1, self._summary is not None)
        if idle and not self.line.text() and not self.trouble.text():
            self.line.setText(tr("Nothing leaves this computer, and no file in the folder is changed."))
        if self._state is State.PAUSED:
            self.line.setText(
                tr(
                    "Paused. {done} of {all} files are completed and saved.",
                    done=self.bar.value(),
                    all=self.bar.maximum(),
                )
            )

    def _paint_summary(self) -> None:
        if self._summary is not None:
            from covidviewer.ui.dialogs.batch_summary import summary_html

            self.summary.setHtml(summary_html(self._summary, self._look.tokens))

    def _open_row(self, index: QModelIndex) -> None:
        if self.plan is not None and isinstance(self.plan.folder, Path):
            self.open_wanted.emit(self.plan.folder / self.model.outcome(index.row()).file)

    def _show_folder(self) -> None:
        if self.plan is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.plan.output.absolute().parent)))


def progress_text(progress: Progress, paused: bool) -> str:
    """ "120 of 500 files, 3 failed, 14.2 files a second, 27 s left" """
    parts = [tr("{done} of {all} files", done=progress.done, all=progress.total)]
    if paused:
        return tr("Paused. {done} are completed and saved.", done=parts[0])
    if progress.earlier:
        parts.append(tr("{n} completed earlier", n=progress.earlier))
    if progress.failed:
        parts.append(tr("{n} failed", n=progress.failed))
    if progress.rate and progress.seconds_left is not None:
        parts.append(tr("{rate} files per second", rate=with_decimal_sign(f"{progress.rate:.1f}")))
        if progress.done < progress.total:
            parts.append(tr("{time} left", time=milliseconds(progress.seconds_left * 1000)))
    return ", ".join(parts)
