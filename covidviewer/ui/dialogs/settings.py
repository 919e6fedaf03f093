"""Settings: made from one table of rows; looks change at once, the model's part at the next start."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from covidviewer.ui.actions import by_id
from covidviewer.ui.cine import RATES
from covidviewer.ui.commands.measuring import TOOLS
from covidviewer.ui.dialogs.shortcut_page import ShortcutPage
from covidviewer.ui.languages import LANGUAGES
from covidviewer.ui.panels.rows import label
from covidviewer.ui.preferences import Preferences
from covidviewer.ui.theme.look import Look
from covidviewer.ui.theme.tokens import UNIT, Theme
from covidviewer.ui.view.corners import FIELDS
from covidviewer.ui.words import plain, tr

if TYPE_CHECKING:
    from covidviewer.ui.action_board import ActionBoard
    from covidviewer.ui.analysis import Analysis

THEMES = ((Theme.DARK, "Dark"), (Theme.LIGHT, "Light"), (Theme.SYSTEM, "Like the system"))
DEVICES = (("auto", "Automatic"), ("cpu", "Processor"), ("gpu", "Graphics processor"))
ENGINES = (("auto", "Automatic: the fastest that is right"), ("litert", "LiteRT"), ("openvino", "OpenVINO"))


class SettingsDialog(QDialog):
    """Writes into the preferences when OK is pressed; Cancel puts the theme back."""

    def __init__(
        self, preferences: Preferences, look: Look, analysis: Analysis, board: ActionBoard, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Settings"))
        self.setMinimumSize(UNIT * 150, UNIT * 140)
        self._preferences, self._look, self._analysis = preferences, look, analysis
        self._board = board
        self._was = look.theme
        self.theme = choice([(theme.value, text) for theme, text in THEMES], preferences.settings.theme)
        self.theme.currentIndexChanged.connect(lambda _: look.use(Theme(self.theme.currentData())))
        self.language = choice([("", "Like the system"), *LANGUAGES.items()], preferences.settings.language)
        self.automatic = QCheckBox(tr("Score the shown slice by itself"))
        settings = preferences.settings
        self.automatic.setChecked(settings.automatic)
        self.restore = QCheckBox(tr("Open what was open last"))
        self.restore.setChecked(settings.restore_session)
        self.tool = QComboBox()
        for name in TOOLS:
            self.tool.addItem(plain(by_id(name).text), name.removeprefix("tool-"))
        self.tool.setCurrentIndex(max(0, self.tool.findData(settings.default_tool)))
        self.inverted = QCheckBox(tr("Dragging up makes the picture darker"))
        self.inverted.setChecked(settings.invert_window_drag)
        self.device = choice(list(DEVICES), settings.device)
        self.engine = choice(list(ENGINES), settings.engine)
        self.cache = number(128, 65536, settings.cache_mb, " MB")
        self.cache.setSingleStep(128)
        self.cine = number(*RATES, settings.cine_rate, tr(" frames/s"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("role", "primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT * 5, UNIT * 4, UNIT * 5, UNIT * 4)
        column.setSpacing(UNIT * 4)
        self.keys = ShortcutPage(settings.shortcuts)
        self.pages = QTabWidget()
        self.pages.addTab(self._general(), tr("General"))
        self.pages.addTab(self.keys, tr("Keys"))
        self.texts = field_list(settings.overlay_fields)
        self.pages.addTab(self.texts, tr("Corner texts"))
        column.addWidget(self.pages, 1)
        column.addWidget(buttons)

    def accept(self) -> None:
        """Keep what was chosen."""
        self._analysis.automatic = self.automatic.isChecked()
        self._preferences.change(
            theme=self.theme.currentData(),
            automatic=self.automatic.isChecked(),
            restore_session=self.restore.isChecked(),
            default_tool=self.tool.currentData(),
            invert_window_drag=self.inverted.isChecked(),
            device=self.device.currentData(),
            engine=self.engine.currentData(),
            cache_mb=self.cache.value(),
            cine_rate=self.cine.value(),
            language=self.language.currentData(),
            shortcuts=self.keys.custom,
            overlay_fields=tuple(one.keyword for place, one in enumerate(FIELDS) if self._is_wanted(place)),
        )
        self._board.use_keys(self.keys.custom)
        super().accept()

    def reject(self) -> None:
        """Look as before."""
        if self._look.theme is not self._was:
            self._look.use(self._was)
        super().reject()

    def _is_wanted(self, place: int) -> bool:
        return self.texts.item(place).checkState() is Qt.CheckState.Checked

    def _general(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, UNIT * 4, 0, 0)
        column.setSpacing(UNIT * 4)
        column.addLayout(self._form())
        note = tr("Language, device, engine and memory are used from the next start on.")
        column.addWidget(label(note, "caption"))
        column.addStretch()
        return page

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(UNIT * 5)
        form.setVerticalSpacing(UNIT * 3)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for text, field in (
            (tr("Theme"), self.theme),
            (tr("Language"), self.language),
            (tr("At the start"), self.restore),
            (tr("Analysis"), self.automatic),
            (tr("Tool at the start"), self.tool),
            (tr("Window and level"), self.inverted),
            (tr("Cine, where the file does not say"), self.cine),
            (tr("Device"), self.device),
            (tr("Engine"), self.engine),
            (tr("Memory for slices"), self.cache),
        ):
            form.addRow(text, field)
        return form


def field_list(wanted: Collection[str]) -> QListWidget:
    """Every text that may stand in a corner, with a tick before those that do."""
    made = QListWidget()
    made.setAccessibleName(tr("Corner texts"))
    for field in FIELDS:
        item = QListWidgetItem(tr(field.text))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if field.keyword in wanted else Qt.CheckState.Unchecked)
        made.addItem(item)
    return made


def choice(options: list[tuple[str, str]], chosen: str) -> QComboBox:
    """A list of (id, English text) with one of them chosen."""
    made = QComboBox()
    for value, text in options:
        made.addItem(tr(text), value)
    made.setCurrentIndex(max(0, made.findData(chosen)))
    return made


def number(least: int, most: int, value: int, unit: str) -> QSpinBox:
    """A whole number."""
    made = QSpinBox()
    made.setRange(least, most)
    made.setValue(value)
    made.setSuffix(unit)
    return made
