"""The list of open series: thumbnail, name, size and badges. The rows are painted, so that a thousand cost nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from covidviewer.ui.panels.series_row import IMAGE_ROLE, PROBLEM_ROLE, SERIES_ROLE, SeriesRow, size_text
from covidviewer.ui.plain_text import plain_tip
from covidviewer.ui.state.session import OpenSeries, Session
from covidviewer.ui.theme.look import Look
from covidviewer.ui.translation import tr

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Slice

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
THUMBNAIL = 128
"""Pixels of the longer side, drawn at half of it so that it is sharp on dense screens."""


class SeriesModel(QAbstractListModel):
    """The session's list as rows."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: list[OpenSeries] = []
        self._thumbnails: dict[int, QImage] = {}
        self._problems: dict[int, str] = {}
        session.list_changed.connect(self._on_list_changed)
        session.slice_read.connect(self._on_read)
        session.slice_refused.connect(self._on_refused)

    def rowCount(self, parent: Index = ROOT) -> int:
        """One a series."""
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title, accessible sentence, the series itself, its thumbnail, why there is none."""
        one = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.series.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            notes = (*one.series.notes, *filter(None, [self._problem_of(one)]))
            words = "\n".join((one.series.title, size_text(one), *map(tr, notes)))
            return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        if role == SERIES_ROLE:
            return one
        if role == IMAGE_ROLE:
            return self._thumbnails.get(one.key)
        if role == PROBLEM_ROLE:
            return self._problem_of(one)
        return None

    def row_of(self, one: OpenSeries | None) -> int:
        """Where a series stands, or -1."""
        return self._rows.index(one) if one in self._rows else -1

    def repaint_row(self, one: OpenSeries) -> None:
        """Its scores changed."""
        row = self.row_of(one)
        if row >= 0:
            self.dataChanged.emit(self.index(row), self.index(row))

    def _on_list_changed(self) -> None:
        self.beginResetModel()
        self._rows = list(self._session.opened)
        keys = {one.key for one in self._rows}
        self._thumbnails = {key: image for key, image in self._thumbnails.items() if key in keys}
        self._problems = {key: reason for key, reason in self._problems.items() if key in keys}
        self.endResetModel()

    def _on_read(self, key: int, index: int, slice_: Slice) -> None:
        one = next((one for one in self._rows if one.key == key), None)
        if one is not None and key not in self._thumbnails:
            self._thumbnails[key] = thumbnail(slice_)
            self.repaint_row(one)

    def _on_refused(self, key: int, _: int, reason: str) -> None:
        one = next((one for one in self._rows if one.key == key), None)
        if one is not None and key not in self._problems:
            self._problems[key] = reason
            self.repaint_row(one)

    def _problem_of(self, one: OpenSeries) -> str:
        """Why the series has no thumbnail, or ''."""
        return "" if one.key in self._thumbnails else self._problems.get(one.key, "")


class SeriesList(QListView):
    """Click, or Left and Right anywhere, to look at a series."""

    chosen = Signal(object)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("seriesList")
        self.setAccessibleName(tr("Series"))
        self.rows = SeriesModel(session, self)
        self.setModel(self.rows)
        self.setItemDelegate(SeriesRow(look, self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMinimumWidth(200)
        self.selectionModel().currentChanged.connect(self._on_current)
        session.series_shown.connect(self._on_shown)
        look.changed.connect(self._repaint)

    def _repaint(self) -> None:
        self.viewport().update()

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(current.data(SERIES_ROLE))

    def _on_shown(self, one: OpenSeries | None) -> None:
        row = self.rows.row_of(one)
        if row >= 0:
            self.setCurrentIndex(self.rows.index(row))


def thumbnail(slice_: Slice) -> QImage:
    """A small picture in the window that the slice is first shown in."""
    from covidviewer.ui.view.pixels import picture
    from covidviewer.ui.view.voi_presets import first_window

    side = Qt.AspectRatioMode.KeepAspectRatio
    smooth = Qt.TransformationMode.SmoothTransformation
    return picture(slice_, first_window(slice_), False).scaled(THUMBNAIL, THUMBNAIL, side, smooth)
