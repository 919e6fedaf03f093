"""The window: builds the workspace, puts panels, view, menus and commands together, and takes its own events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QMainWindow, QMenu

from covidviewer.ui.actions.board import ActionBoard
from covidviewer.ui.actions.context import contexts
from covidviewer.ui.actions.custom_presets import CustomPresets
from covidviewer.ui.actions.file_presets import FilePresets
from covidviewer.ui.actions.menus import fill_menu_bar, make_tool_bar
from covidviewer.ui.actions.table import CUSTOM_PRESETS, FILE_PRESETS, RECENT, Context
from covidviewer.ui.commands.about import AboutCommands
from covidviewer.ui.commands.analysing import AnalyseCommands
from covidviewer.ui.commands.batch import BatchCommands
from covidviewer.ui.commands.exporting import ExportCommands
from covidviewer.ui.commands.files import FileCommands
from covidviewer.ui.commands.looking import LookCommands
from covidviewer.ui.commands.measuring import MeasureCommands
from covidviewer.ui.commands.playing import PlayCommands
from covidviewer.ui.commands.receiving import ReceiveCommands
from covidviewer.ui.commands.reports import ReportCommands
from covidviewer.ui.mpr.controller import MprController
from covidviewer.ui.panels.centre import Centre
from covidviewer.ui.panels.dock import Dock
from covidviewer.ui.panels.result_panel import ResultPanel
from covidviewer.ui.panels.series_list import SeriesList
from covidviewer.ui.panels.status import StatusLine
from covidviewer.ui.presenters.compare_view import CompareView
from covidviewer.ui.presenters.hidden_panels import HiddenPanels
from covidviewer.ui.presenters.result_presenter import ResultPresenter
from covidviewer.ui.presenters.slice_presenter import SlicePresenter
from covidviewer.ui.state.analysis import Analysis
from covidviewer.ui.state.cine import Cine
from covidviewer.ui.state.preferences import Preferences
from covidviewer.ui.state.session import OpenSeries, Session
from covidviewer.ui.state.session_store import SessionStore
from covidviewer.ui.theme.look import Look
from covidviewer.ui.translation import tr
from covidviewer.ui.view.scene import Texts
from covidviewer.ui.workers.tag_reading import TagReader
from covidviewer.ui.workspace import Workspace

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Slice
    from covidviewer.services.scoring import Scorer
    from covidviewer.services.user_files.settings import Settings

CLOSING_MS = 1500
"""What the threads together may take to end; then the process goes without them."""
MENU_ENTRIES = ("window-lung", "window-mediastinum", "window-auto", "-", "fit", "reset", "-", "heat-map", "hull", "box",
                "-", "copy-picture")  # fmt: skip


class MainWindow(QMainWindow):
    """Constructed without NumPy; `begin` is called behind the first paint."""

    worth_keeping = Signal()
    """Files were opened, or settings confirmed: the next start should find it so."""
    closing = Signal()
    """From now on it takes no files any more."""

    def __init__(self, look: Look, preferences: Preferences, make_scorer: Callable[[], Scorer]) -> None:
        super().__init__()
        settings = preferences.settings
        self.look, self.preferences = look, preferences
        self.session = Session(settings.cache_mb * 1_000_000, self, settings.threads or None)
        self.last_session = SessionStore(self.session, preferences.path, self)
        self.analysis = Analysis(self.session, make_scorer, settings.automatic, self)
        self.centre = Centre(look)
        self.view = self.centre.view
        self.status = StatusLine(self.session, self.view)
        self.board = ActionBoard(self, look, settings.shortcuts)
        self.cine = Cine(self.session, lambda: preferences.settings.cine_rate, self)
        self.tags = TagReader(self)
        self.series_list = SeriesList(self.session, look)
        self.result_panel = ResultPanel(look)
        workspace = Workspace(
            self, look, preferences, self.session, self.analysis, self.centre, self.status, self.board
        )
        menus = self._lay_out(look)
        self._recent = menus[RECENT]
        self.custom_presets = CustomPresets(menus[CUSTOM_PRESETS], self.board, preferences, self.session, self.view)
        self.file_presets = FilePresets(menus[FILE_PRESETS], self.session, self.view)
        self.slice_presenter = SlicePresenter(self.session, self.analysis, self.view, self)
        self.mpr = MprController(workspace)
        self.measure = MeasureCommands(workspace, self.slice_presenter)
        self.compare_view = CompareView(workspace, self.measure.restore)
        self.hidden_panels = HiddenPanels(workspace)
        self.files = FileCommands(workspace, self.last_session)
        self.batch = BatchCommands(workspace, self.files.open)
        self.receive = ReceiveCommands(workspace, self.files.open)
        self.reports = ReportCommands(workspace)
        self.export = ExportCommands(workspace)
        self.look_commands = LookCommands(
            workspace, self.slice_presenter, self.mpr, self.compare_view, self.custom_presets
        )
        self.about = AboutCommands(workspace, self.custom_presets, self.tags)
        self.result_presenter = ResultPresenter(
            workspace, self.result_panel, self.series_list, self.slice_presenter, lambda: self.files.opening
        )
        self.stopped = True
        self._bind(workspace)
        self._connect()
        self._begin_with(settings)
        self._show_recent()

    def begin(self, paths: Sequence[Path] = ()) -> None:
        """Start what the first paint did not need: the paths of the command line, and behind a picture the model."""
        self.files.open(paths)
        if not paths and self.preferences.settings.restore_session:
            self.files.open_last()
        if not self.files.opening:
            self.analysis.start()

    # Building

    def _lay_out(self, look: Look) -> dict[str, QMenu]:
        """Menus, tool bar, docks, centre and foot; returns the menus that are filled elsewhere."""
        self.setWindowTitle("CovidViewer")
        self.resize(QSize(1440, 900).boundedTo(self.screen().availableSize()))
        self.setAcceptDrops(True)
        self.setDockOptions(QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowTabbedDocks)
        left = Dock("series", tr("Series"), self.series_list, look, self)
        right = Dock("result", tr("Result"), self.result_panel, look, self)
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, left)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, right)
        self.resizeDocks([left, right], [240, 340], Qt.Orientation.Horizontal)
        menus = fill_menu_bar(self, self.board, [left, right])
        self.addToolBar(make_tool_bar(self, self.board))
        self.setCentralWidget(self.centre)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self.status, 1)
        return menus

    def _bind(self, workspace: Workspace) -> None:
        receivers = {
            "files": self.files,
            "batch": self.batch,
            "receive": self.receive,
            "reports": self.reports,
            "export": self.export,
            "look": self.look_commands,
            "custom_presets": self.custom_presets,
            "measure": self.measure,
            "mpr": self.mpr,
            "compare_view": self.compare_view,
            "hidden_panels": self.hidden_panels,
            "play": PlayCommands(workspace, self.cine),
            "analyse": AnalyseCommands(workspace, self.slice_presenter, self.files, self.mpr),
            "about": self.about,
        }
        self.board.bind(receivers, self._contexts)

    def _contexts(self) -> frozenset[Context]:
        return contexts(
            self.session,
            self.analysis,
            self.measure.stack,
            single=self.mpr.panes is None,
            beside=self.compare_view.view is not None,
            running=self.files.opening or self.mpr.reading or self.view.scene.drawn is not None,
            last_session=self.last_session.there,
        )

    def _begin_with(self, settings: Settings) -> None:
        self.measure.take_tool(settings.default_tool)
        self.board.check("beside-link", True)
        self.board.check("patient-text", settings.show_patient)
        self.look_commands.show_texts()
        self.view.scene.texts = Texts(settings.overlay)

    def _connect(self) -> None:
        session = self.session
        session.previewed.connect(self._on_preview)
        session.series_shown.connect(self._on_series_shown)
        session.slice_shown.connect(lambda _: self.board.refresh())
        session.slice_wanted.connect(self._on_slice_wanted)
        session.unread_changed.connect(self.board.refresh)
        self.series_list.chosen.connect(session.show_series)
        self.centre.slider.valueChanged.connect(session.show_slice)
        self.centre.empty.open_files.connect(self.files.open_files)
        self.centre.empty.open_folder.connect(self.files.open_folder)
        self.centre.empty.open_sample.connect(self.files.open_sample)
        self.centre.empty.open_path.connect(lambda path: self.files.open([path]))
        self.status.cancelled.connect(self.board["cancel"].trigger)
        self.view.drawing_changed.connect(self.board.refresh)
        self.view.menu_wanted.connect(self._show_menu)
        self.view.maximise_wanted.connect(self.board["alone"].trigger)
        self.measure.stack.canUndoChanged.connect(self._on_undo)
        self.measure.stack.canRedoChanged.connect(self._on_undo)
        self.files.remembered.connect(self._show_recent)
        self.files.ended.connect(self.worth_keeping)
        self.about.settings_changed.connect(self.look_commands.show_texts)
        self.about.settings_changed.connect(self.worth_keeping)

    # What the parts tell

    def _on_preview(self, slice_: Slice | None) -> None:
        self.centre.show_preview(slice_ is not None)
        self.view.repaint()
        self.analysis.start()

    def _on_series_shown(self, one: OpenSeries | None) -> None:
        self.centre.show_series(one)
        self.board.check("invert", one.inverted if one is not None else False)
        name = one.series.title if one is not None else ""
        self.setWindowTitle(f"{name[:80]} - CovidViewer" if name else "CovidViewer")
        self.board.refresh()

    def _on_slice_wanted(self, index: int) -> None:
        self.centre.show_index(index)
        shown = self.session.shown
        self.board.check("key-image", shown is not None and index in shown.key_images)
        self.board.refresh()

    def _on_undo(self, _: bool) -> None:
        self.board.refresh()

    def _show_recent(self) -> None:
        recent = self.preferences.recent
        self._recent.clear()
        self._recent.setEnabled(bool(recent))
        for path in recent:
            action = self._recent.addAction(str(path).replace("&", "&&"))
            action.triggered.connect(lambda _=False, path=path: self.files.open([path]))
        self.centre.empty.show_recent(recent)

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        for entry in MENU_ENTRIES:
            if entry == "-":
                menu.addSeparator()
            else:
                menu.addAction(self.board[entry])
        menu.popup(at)

    # Events of the window itself

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.files.open(paths)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space held: nothing but the picture."""
        self._peek(event, True)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space let go."""
        self._peek(event, False)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Gone at once; then the threads end, within `CLOSING_MS` together."""
        self.closing.emit()
        self.hide()
        self.hidden_panels.set_hidden(False)
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self.stopped = self._stop()
        event.accept()

    def _stop(self) -> bool:
        self.analysis.cancel_series()
        left = QDeadlineTimer(CLOSING_MS)
        writers = (self.measure, self.export, self.reports)
        readers = (self.files, self.session, self.slice_presenter, self.mpr, self.tags)
        parts = (*writers, self.receive, self.batch, *readers, self.analysis)
        ended = [part.stop(max(0, left.remainingTime())) for part in parts]
        return all(ended)

    def _peek(self, event: QKeyEvent, held: bool) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.view.scene.peek = held
            self.view.update()
        else:
            event.ignore()


def behind_the_paint(act: Callable[[], None]) -> None:
    """Run `act` when the events that wait now, paints among them, are done."""
    QTimer.singleShot(0, act)
