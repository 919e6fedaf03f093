"""The settings: what is chosen is kept when OK is pressed, and is what the next start and the next batch begin with."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from covidviewer.services.user_files.settings import Settings, load_settings
from covidviewer.ui.application import keep_while_open
from covidviewer.ui.dialogs.settings import SettingsDialog
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.state.preferences import Preferences
from covidviewer.ui.theme.look import Look
from tests.gui.made_up_model import MadeUpModel


def opened(window: MainWindow) -> SettingsDialog:
    window.board["settings"].trigger()
    return window.findChildren(SettingsDialog)[-1]


def test_everything_on_the_pages_is_kept_and_found_again(shown: MainWindow) -> None:
    dialog = opened(shown)
    for field, value in ((dialog.device, "gpu"), (dialog.engine, "openvino"), (dialog.table, "parquet")):
        field.setCurrentIndex(field.findData(value))
    dialog.threads.setValue(3)
    dialog.cache.setValue(512)
    dialog.cine.setValue(25)
    for tick in (dialog.restore, dialog.inverted, dialog.heat_maps, dialog.report):
        tick.setChecked(True)
    dialog.recursive.setChecked(False)
    dialog.accept()
    kept = shown.preferences.settings
    assert (kept.device, kept.engine, kept.threads, kept.cache_mb, kept.cine_rate) == ("gpu", "openvino", 3, 512, 25)
    assert (kept.batch_recursive, kept.batch_heat_maps, kept.batch_report, kept.batch_form) == (
        False,
        True,
        True,
        "parquet",
    )
    assert kept.restore_session
    assert kept.invert_window_drag
    again = opened(shown)
    again.accept()
    assert shown.preferences.settings == kept


def test_what_ok_confirms_is_on_the_disk_while_the_window_is_open(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    window = MainWindow(look, Preferences(path=file), MadeUpModel)
    keep_while_open(window)
    dialog = opened(window)
    dialog.threads.setValue(3)
    dialog.accept()
    qtbot.waitUntil(file.is_file)
    assert load_settings(file).settings == window.preferences.settings
    assert load_settings(file).settings.threads == 3
    window.close()


def test_cancel_keeps_nothing(shown: MainWindow) -> None:
    before = shown.preferences.settings
    dialog = opened(shown)
    dialog.threads.setValue(7)
    dialog.theme.setCurrentIndex(dialog.theme.findData("light"))
    dialog.reject()
    assert shown.preferences.settings == before
    assert shown.look.theme == "dark"


def test_the_page_of_the_model_says_what_computes_and_why_it_is_not_what_was_chosen(qtbot: QtBot, look: Look) -> None:
    model = MadeUpModel()
    model.notice = "The GPU failed the self-check; using the CPU."
    window = MainWindow(look, Preferences(), lambda: model)
    window.begin()
    qtbot.waitUntil(lambda: window.analysis.card is not None)
    words = opened(window)._why_this_device()
    assert words.startswith("The GPU failed the self-check; using the CPU.")
    assert "Now: LiteRT, made up CPU." in words
    window.close()


def test_a_batch_begins_as_the_settings_say(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    preferences = Preferences(
        Settings(
            last_folder=str(tmp_path / "scans"),
            batch_recursive=False,
            batch_heat_maps=True,
            batch_report=True,
            batch_form="json",
        )
    )
    window = MainWindow(look, preferences, MadeUpModel)
    window.board["batch"].trigger()
    dialog = window.batch.dialog
    assert dialog is not None
    assert dialog.form.output.text() == str(tmp_path / "scans-scores.json")
    assert (
        dialog.form.recursive.isChecked(),
        dialog.form.with_maps.isChecked(),
        dialog.form.with_report.isChecked(),
    ) == (
        False,
        True,
        True,
    )
    assert dialog.form.heat_maps.text() == str(tmp_path / "scans-heat-maps")
    assert dialog.start.isEnabled()
    window.close()
