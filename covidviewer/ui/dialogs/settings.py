"""Settings: pages of fields; looks, keys and windows change at once, what the model computes with at the next start."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QTabWidget,
    QVBoxLayout,
)

from covidviewer.inference.engines.cpu import physical_cores
from covidviewer.texts import N_
from covidviewer.ui.actions.custom_presets import CustomPresets
from covidviewer.ui.actions.table import TOOLS, by_id
from covidviewer.ui.dialogs.shortcut_page import ShortcutPage
from covidviewer.ui.dialogs.voi_presets_page import VoiPresetsPage
from covidviewer.ui.dialogs.widgets import choice, fit, form, number, tick
from covidviewer.ui.startup.languages import LANGUAGES
from covidviewer.ui.state.cine import RATES
from covidviewer.ui.state.preferences import Preferences
from covidviewer.ui.theme.look import Look
from covidviewer.ui.theme.tokens import UNIT, Theme
from covidviewer.ui.translation import plain, tr
from covidviewer.ui.view.corners import FIELDS
from covidviewer.ui.workspace import Workspace

THEMES = ((Theme.DARK, N_("Dark")), (Theme.LIGHT, N_("Light")), (Theme.SYSTEM, N_("Same as system")))
DEVICES = (("auto", N_("Automatic")), ("cpu", N_("CPU")), ("gpu", N_("GPU")))
ENGINES = (
    ("auto", N_("Automatic: first to pass the self-check, fastest for long runs")),
    ("litert", N_("LiteRT")),
    ("openvino", N_("OpenVINO")),
)
TABLES = (("csv", "CSV"), ("json", "JSON"), ("parquet", "Parquet"))
MOST_THREADS = 256


class SettingsDialog(QDialog):
    """Writes into the preferences when OK is pressed; Cancel puts the theme back."""

    def __init__(self, workspace: Workspace, custom_presets: CustomPresets) -> None:
        super().__init__(workspace.window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Settings"))
        fit(self, UNIT * 170, UNIT * 130)
        self._workspace, self._own_windows = workspace, custom_presets
        self._preferences: Preferences = workspace.preferences
        self._look: Look = workspace.look
        self._was = self._look.theme
        settings = self._preferences.settings
        self.theme = choice([(theme.value, text) for theme, text in THEMES], settings.theme)
        self.theme.currentIndexChanged.connect(lambda _: self._look.use(Theme(self.theme.currentData())))
        self.language = choice([("", N_("Same as system")), *LANGUAGES.items()], settings.language)
        self.restore = tick(tr("Reopen last session"), settings.restore_session)
        self.tool = tool_choice(settings.default_tool)
        self.inverted = tick(tr("Drag up to darken the image"), settings.invert_window_drag)
        self.cine = number(*RATES, settings.cine_rate, tr(" frames/s"))
        self.cache = number(128, 65536, settings.cache_mb, " MB")
        self.cache.setSingleStep(128)
        self.automatic = tick(tr("Score the current slice automatically"), settings.automatic)
        self.device = choice(DEVICES, settings.device)
        self.engine = choice(ENGINES, settings.engine)
        self.threads = number(0, MOST_THREADS, settings.threads, "")
        self.threads.setSpecialValueText(tr("Automatic: {n}", n=physical_cores()))
        self.recursive = tick(tr("Include subfolders"), settings.batch_recursive)
        self.heat_maps = tick(tr("Heat maps of scored slices"), settings.batch_heat_maps)
        self.report = tick(tr("Report"), settings.batch_report)
        self.table = choice(TABLES, settings.batch_form)
        self.windows = VoiPresetsPage(settings.presets)
        self.keys = ShortcutPage(settings.shortcuts)
        self.texts = field_list(settings.overlay_fields)
        self.pages = self._made_pages()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("role", "primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT * 5, UNIT * 4, UNIT * 5, UNIT * 4)
        column.setSpacing(UNIT * 4)
        column.addWidget(self.pages, 1)
        column.addWidget(buttons)

    def accept(self) -> None:
        """Keep what was chosen."""
        self._workspace.analysis.automatic = self.automatic.isChecked()
        self._preferences.change(
            theme=self.theme.currentData(),
            language=self.language.currentData(),
            restore_session=self.restore.isChecked(),
            default_tool=self.tool.currentData(),
            invert_window_drag=self.inverted.isChecked(),
            cine_rate=self.cine.value(),
            cache_mb=self.cache.value(),
            automatic=self.automatic.isChecked(),
            device=self.device.currentData(),
            engine=self.engine.currentData(),
            threads=self.threads.value(),
            batch_recursive=self.recursive.isChecked(),
            batch_heat_maps=self.heat_maps.isChecked(),
            batch_report=self.report.isChecked(),
            batch_form=self.table.currentData(),
            shortcuts=self.keys.custom,
            overlay_fields=tuple(one.keyword for place, one in enumerate(FIELDS) if self._is_wanted(place)),
        )
        self._workspace.board.use_keys(self.keys.custom)
        self._own_windows.change(self.windows.presets)
        super().accept()

    def reject(self) -> None:
        """Look as before."""
        if self._look.theme is not self._was:
            self._look.use(self._was)
        super().reject()

    def _is_wanted(self, place: int) -> bool:
        return self.texts.item(place).checkState() is Qt.CheckState.Checked

    def _made_pages(self) -> QTabWidget:
        later = tr("Takes effect at the next start.")
        general = (
            (tr("Theme"), self.theme),
            (tr("Language"), self.language),
            (tr("At start"), self.restore),
        )
        picture = (
            (tr("Initial tool"), self.tool),
            (tr("Window and level"), self.inverted),
            (tr("Cine rate, if not given in the file"), self.cine),
            (tr("Memory for slices"), self.cache),
        )
        model = (
            (tr("Analysis"), self.automatic),
            (tr("Device"), self.device),
            (tr("Engine"), self.engine),
            (tr("Threads"), self.threads),
        )
        batch = (
            (tr("Reading"), self.recursive),
            (tr("Also write"), self.heat_maps),
            ("", self.report),
            (tr("Table"), self.table),
        )
        pages = QTabWidget()
        pages.addTab(form(general, tr("Language: {later}", later=later)), tr("General"))
        pages.addTab(form(picture, tr("Memory: {later}", later=later)), tr("Image"))
        pages.addTab(self.windows, tr("Presets"))
        pages.addTab(form(model, self._why_this_device()), tr("Model"))
        pages.addTab(form(batch, tr("Defaults of a batch; each can be changed before it starts.")), tr("Batch"))
        pages.addTab(self.keys, tr("Shortcuts"))
        pages.addTab(self.texts, tr("Overlay text"))
        return pages

    def _why_this_device(self) -> str:
        """What computes now, why it is not what was chosen, and when a choice counts."""
        analysis = self._workspace.analysis
        now = tr("Now: {engine}.", engine=analysis.in_use) if analysis.in_use else ""
        lines = (
            tr(analysis.device_notice),
            now,
            tr("Changes to device, engine and threads take effect at the next start."),
        )
        return "\n".join(line for line in lines if line)


def tool_choice(chosen: str) -> QComboBox:
    """The tools that the left button may hold."""
    made = QComboBox()
    for name in TOOLS:
        made.addItem(plain(by_id(name).text), name.removeprefix("tool-"))
    made.setCurrentIndex(max(0, made.findData(chosen)))
    return made


def field_list(wanted: Collection[str]) -> QListWidget:
    """Every text that may stand in a corner, with a tick before those that do."""
    made = QListWidget()
    made.setAccessibleName(tr("Overlay text"))
    for field in FIELDS:
        item = QListWidgetItem(tr(field.text))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if field.keyword in wanted else Qt.CheckState.Unchecked)
        made.addItem(item)
    return made
