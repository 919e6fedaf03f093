"""Width and level as numbers, shown while they are typed; and the person's own windows, kept by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
)

from covidviewer.ui.actions.custom_presets import LONGEST_NAME, CustomPresets, preset_text
from covidviewer.ui.dialogs.voi_presets_page import LEVELS, WIDTHS, spin
from covidviewer.ui.panels.widgets import label
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr
from covidviewer.ui.workspace import Workspace

if TYPE_CHECKING:
    from covidviewer.imaging.slices import VoiWindow


class WindowLevelDialog(QDialog):
    """Follows the view, and the view follows it."""

    def __init__(self, workspace: Workspace, custom_presets: CustomPresets) -> None:
        super().__init__(workspace.window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Window and level"))
        self.setMinimumWidth(UNIT * 90)
        self._view, self._session, self._own = workspace.view, workspace.session, custom_presets
        self.width_ = spin(*WIDTHS, 400)
        self.level = spin(*LEVELS, 40)
        self.width_.valueChanged.connect(self._on_typed)
        self.level.valueChanged.connect(self._on_typed)
        form = QFormLayout()
        form.setHorizontalSpacing(UNIT * 5)
        form.addRow(tr("Width"), self.width_)
        form.addRow(tr("Level"), self.level)
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(tr("Name"))
        self.name.setAccessibleName(tr("Name of the preset"))
        self.name.textChanged.connect(self._enable)
        self.keep = QPushButton(tr("Save"))
        self.keep.clicked.connect(self._on_keep)
        line = QHBoxLayout()
        line.setSpacing(UNIT * 2)
        line.addWidget(self.name, 1)
        line.addWidget(self.keep)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Custom presets"))
        self.list.itemDoubleClicked.connect(lambda _: self._on_use())
        self.list.currentRowChanged.connect(self._enable)
        self.use = QPushButton(tr("Use"))
        self.use.clicked.connect(self._on_use)
        self.remove = QPushButton(tr("Remove"))
        self.remove.clicked.connect(self._on_remove)
        button_row = QHBoxLayout()
        button_row.addWidget(self.use)
        button_row.addWidget(self.remove)
        button_row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT * 4, UNIT * 4, UNIT * 4, UNIT * 4)
        column.setSpacing(UNIT * 3)
        column.addLayout(form)
        column.addWidget(label(tr("Custom presets, in Hounsfield units"), "section"))
        column.addLayout(line)
        column.addWidget(self.list, 1)
        column.addLayout(button_row)
        self._own.changed.connect(self._fill)
        self._view.window_changed.connect(self._on_window)
        self._session.slice_shown.connect(self._on_slice)
        self._fill()
        self._on_slice()

    def _fill(self) -> None:
        self.list.clear()
        self.list.addItems([preset_text(preset) for preset in self._own.presets])
        self._enable()

    def _enable(self) -> None:
        slice_ = self._session.slice
        in_hu = slice_ is not None and slice_.units == "HU"
        chosen = self.list.currentRow() >= 0
        self.keep.setEnabled(in_hu and bool(self.name.text().strip()))
        self.use.setEnabled(in_hu and chosen)
        self.remove.setEnabled(chosen)

    def _on_slice(self, _: object = None) -> None:
        found = self._view.scene.window
        if found is not None:
            self._on_window(found)
        self._enable()

    def _on_window(self, window: VoiWindow) -> None:
        for field, value in ((self.width_, window.width), (self.level, window.centre)):
            if abs(field.value() - value) >= 0.05:
                was = field.blockSignals(True)
                field.setValue(value)
                field.blockSignals(was)

    def _on_typed(self) -> None:
        if self._session.slice is not None:
            from covidviewer.imaging.slices import VoiWindow

            self._view.set_window(VoiWindow(self.level.value(), self.width_.value()))

    def _on_keep(self) -> None:
        self._own.keep(self.name.text().strip(), self.level.value(), self.width_.value())
        self.name.clear()

    def _on_use(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            self._own.use(self._own.presets[row])

    def _on_remove(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            self._own.remove(self._own.presets[row].name)
