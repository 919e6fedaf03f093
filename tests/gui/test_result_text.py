"""The series score with its rule, and the density bands behind the opacified share."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from covidviewer.imaging.lungs.opacity import Opacity
from covidviewer.imaging.slices import Geometry
from covidviewer.services.series_score import SERIES_RULE
from covidviewer.ui.dialogs.computer import ComputerPage
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.panels.result_text import band_text, opacity_text
from covidviewer.ui.state.analysis import Model


def said(window: MainWindow) -> str:
    return " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisibleTo(window))


def test_the_series_score_is_the_mean_of_the_five_highest_and_says_so(shown: MainWindow, qtbot: QtBot) -> None:
    assert "Series score" not in said(shown)
    with qtbot.waitSignal(shown.analysis.series_ended, timeout=20_000):
        shown.board["analyse-series"].trigger()
    one = shown.session.shown
    assert one is not None
    scores = sorted((result.p_covid for result in one.results.values() if result.p_covid is not None), reverse=True)
    mean = sum(scores[:5]) / len(scores[:5])
    assert f"Series score {round(mean * 100)}\u00a0%" in said(shown)
    assert SERIES_RULE in said(shown)
    assert "so far" not in said(shown)
    one.results.pop(0)
    shown.result_panel.series.refresh()
    assert "so far, from 4 of 5 slices" in said(shown)


def test_every_band_is_said_with_its_limits_and_the_rest_are_vessels() -> None:
    lines = band_text(Opacity(0.2, 0.2, 0.2, (0.05, 0.70, 0.15, 0.04), "HU")).split("\n")
    assert lines[:5] == [
        "over-aerated (below −950 HU): 5\u00a0%",
        "normally aerated (−950 to −750 HU): 70\u00a0%",
        "ground glass (−750 to −300 HU): 15\u00a0%",
        "consolidation (−300 to 50 HU): 4\u00a0%",
        "vessels: 6\u00a0%",
    ]
    assert "not a measure of severity" in lines[-1]


@pytest.mark.parametrize(("calibration", "told"), [("HU", False), ("estimated", True)])
def test_estimated_densities_are_said_to_be(calibration: str, told: bool) -> None:
    words = band_text(Opacity(0.2, None, 0.2, (0.1, 0.7, 0.1, 0.1), calibration))
    assert ("Densities are estimated" in words) is told


LEFT, BACK = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)
STORED = {"upright": (LEFT, BACK), "mirrored": ((-1.0, 0.0, 0.0), BACK), "transposed": (BACK, LEFT)}


@pytest.mark.parametrize("order", STORED)
def test_the_sides_are_the_patients_where_the_file_says_how_the_patient_lies(order: str) -> None:
    """They are measured as seen from the feet, however the slice is stored: there the right side is on the left."""
    opacity = Opacity(0.2, 0.33, 0.02, (0.1, 0.7, 0.1, 0.1), "HU")
    geometry = Geometry((0.0, 0.0, 0.0), *STORED[order], (1.0, 1.0))
    assert "(patient's left 2, right 33)" in opacity_text(opacity, geometry)


def test_the_sides_of_a_picture_without_a_patient_are_those_of_its_file() -> None:
    words = opacity_text(Opacity(0.2, 0.33, 0.02, (0.1, 0.7, 0.1, 0.1), "estimated"), None)
    assert "(in the stored image left 33, right 2)" in words


def test_the_window_names_the_patients_sides_and_keeps_them_when_it_mirrors(shown: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "patient's left 15, right 9" in said(shown))
    shown.board["flip-horizontal"].trigger()
    assert "patient's left 15, right 9" in said(shown)


def test_the_engines_are_measured_when_asked_for(shown: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: shown.analysis.model is Model.READY)
    shown.board["computer"].trigger()
    (page,) = shown.findChildren(ComputerPage)
    assert "measured CPU" not in page.text.toPlainText()
    (button,) = (one for one in page.findChildren(QPushButton) if one.text() == "Measure all engines")
    with qtbot.waitSignal(shown.analysis.engines_measured):
        button.click()
        assert not button.isEnabled()
    assert "measured CPU" in page.text.toPlainText()
    assert button.isEnabled()


def test_the_bands_are_on_hover_and_for_screen_readers(shown: MainWindow) -> None:
    (label,) = (one for one in shown.result_panel.findChildren(QLabel) if "of the lung area" in one.text())
    assert "ground glass" in label.toolTip()
    assert label.accessibleDescription() == label.toolTip()
