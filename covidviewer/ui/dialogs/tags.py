"""The DICOM elements of the shown file: a tree that can be searched and copied, and follows the slices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from covidviewer.ui.dialogs.widgets import closing_button_row, fit
from covidviewer.ui.panels.widgets import label
from covidviewer.ui.plain_text import plain_tip, set_tip
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr
from covidviewer.ui.workers.tag_reading import TagReader
from covidviewer.ui.workspace import Workspace

if TYPE_CHECKING:
    from covidviewer.imaging.dicom.tags import Tag

SETTLED_MS = 120
"""A slice must stay this long before its file is read, so that scrolling reads nothing."""


class TagsDialog(QDialog):
    """Has the shown file read; what comes for a slice that is no longer shown is dropped."""

    def __init__(self, workspace: Workspace, tags: TagReader) -> None:
        super().__init__(workspace.window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("DICOM tags"))
        fit(self, UNIT * 220, UNIT * 160)
        self._workspace, self._tags = workspace, tags
        self._token = 0
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search tag, name or value"))
        self.search.setAccessibleName(tr("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.tree = tree()
        self.note = label("", "caption")
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(self._begin)
        tags.read.connect(self._on_read)
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT * 4, UNIT * 4, UNIT * 4, UNIT * 4)
        column.setSpacing(UNIT * 3)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        column.addWidget(self.note)
        column.addLayout(self._button_row())
        QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self, self.copy)
        patient = workspace.board["patient-text"].toggled
        for signal in (workspace.session.slice_wanted, workspace.session.series_shown, patient):
            signal.connect(self._settle)
        self._begin()

    def copy(self) -> None:
        """The chosen rows, or all that are shown, as lines with tabs."""
        chosen = [item for item in rows(self.tree) if item.isSelected()]
        shown = chosen or [item for item in rows(self.tree) if not item.isHidden()]
        lines = ("\t".join(item.text(column) for column in range(4)) for item in shown)
        QGuiApplication.clipboard().setText("\n".join(lines))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing more is asked for; what is being read comes back to nobody."""
        self._settled.stop()
        self._token = -1
        super().closeEvent(event)

    def _button_row(self) -> QHBoxLayout:
        copy = QPushButton(tr("Copy"))
        set_tip(copy, tr("The selected rows, or all rows shown"))
        copy.clicked.connect(self.copy)
        return closing_button_row(self, copy)

    def _settle(self, *_: object) -> None:
        self._settled.start()

    def _begin(self) -> None:
        if self._token < 0:
            return
        one = self._workspace.session.shown
        header = one.series.headers[one.index] if one is not None else None
        if header is None or header.source.kind != "DICOM":
            self._token = 0
            self._on_read(0, tr("The current image is not a DICOM file."))
            return
        path, patient = header.source.path, self._workspace.preferences.settings.show_patient
        self.setWindowTitle(tr("DICOM tags of {file}", file=path.name))
        self._token = self._tags.begin(path, patient)

    def _on_read(self, token: int, found: tuple[Tag, ...] | str) -> None:
        if token != self._token:
            return
        from covidviewer.imaging.dicom.tags import MOST_TAGS

        place = self.tree.verticalScrollBar().value()
        self.tree.clear()
        if isinstance(found, str):
            self.note.setText(found)
        else:
            self.tree.addTopLevelItems([branch(tag) for tag in found])
            count = sum(1 for _ in rows(self.tree))
            whole = count < MOST_TAGS
            self.note.setText("" if whole else tr("Only the first {n} elements are listed.", n=MOST_TAGS))
        self.note.setVisible(bool(self.note.text()))
        self._filter(self.search.text())
        self.tree.verticalScrollBar().setValue(place)

    def _filter(self, wanted: str) -> None:
        for number in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(number)
            if item is not None:
                show_matching(item, wanted.casefold())


def tree() -> QTreeWidget:
    """Four columns: tag, name, value representation, value."""
    made = QTreeWidget()
    made.setHeaderLabels([tr("Tag"), tr("Name"), tr("VR"), tr("Value")])
    made.setAccessibleName(tr("DICOM tags"))
    made.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    made.setAlternatingRowColors(True)
    made.setUniformRowHeights(True)
    made.setTextElideMode(Qt.TextElideMode.ElideRight)
    for column, width in enumerate((40, 64, 14)):
        made.setColumnWidth(column, UNIT * width)
    return made


def branch(tag: Tag) -> QTreeWidgetItem:
    """One element with all below it."""
    made = QTreeWidgetItem([tag.tag, tag.name, tag.vr, tr("hidden") if tag.value == "hidden" else tag.value])
    made.setToolTip(3, plain_tip(tag.value[:400]))
    made.addChildren([branch(child) for child in tag.children])
    return made


def rows(tree_: QTreeWidget) -> list[QTreeWidgetItem]:
    """Every row, from top to bottom."""

    return below(tree_.invisibleRootItem())


def below(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    """Every row under a row, from top to bottom."""
    return [row for child in children(item) for row in (child, *below(child))]


def children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    """The rows one level below."""
    found = (item.child(number) for number in range(item.childCount()))
    return [child for child in found if child is not None]


def show_matching(item: QTreeWidgetItem, wanted: str) -> bool:
    """Hide a row unless it or one below it holds `wanted`; the way to a match is opened. True when it is shown."""
    below = [show_matching(child, wanted) for child in children(item)]
    shown = any(below) or any(wanted in item.text(column).casefold() for column in range(4))
    item.setHidden(not shown)
    item.setExpanded(bool(wanted) and any(below))
    return shown
