"""Which texts stand in the corners: those that are wanted, and none of the patient's when they are hidden."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage

from covidviewer.imaging.dicom.reader import LABEL_KEYWORDS
from covidviewer.imaging.slices import FileKind, Slice, Source, Units
from covidviewer.services.user_files.settings import Settings
from covidviewer.ui.dialogs.settings import SettingsDialog
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.view.corners import FIELDS, Corners, fixed_corners

LABELS = {
    "PatientName": "Doe^Jane",
    "PatientID": "77",
    "PatientSex": "F",
    "PatientAge": "054Y",
    "BodyPartExamined": "CHEST",
    "StudyDescription": "Follow-up",
    "StudyDate": "20200401",
    "Manufacturer": "Maker",
    "ManufacturerModelName": "Ring 7",
    "InstitutionName": "Hospital",
    "KVP": "120",
    "ConvolutionKernel": "B60f",
}
SAID = {
    "PatientName": "Doe Jane",
    "PatientID": "77",
    "PatientAge": "F 54 years",
    "SeriesDescription": "Thorax",
    "BodyPartExamined": "Chest",
    "StudyDescription": "Follow-up",
    "StudyDate": "2020-04-01",
    "Modality": "CT",
    "Manufacturer": "Maker",
    "ManufacturerModelName": "Ring 7",
    "InstitutionName": "Hospital",
    "KVP": "120 kV",
    "ConvolutionKernel": "B60f",
}
SLICE = Slice(np.zeros((4, 4), np.int16), Units.HU, Source(Path("a.dcm"), FileKind.DICOM), modality="CT", labels=LABELS)


def said(patient: bool, fields: tuple[str, ...]) -> tuple[str, ...]:
    corners = fixed_corners(SLICE, "Thorax", 0, 1, patient, fields)
    return corners.top_left + corners.top_right


@pytest.mark.parametrize("keyword", [field.keyword for field in FIELDS])
def test_a_field_says_what_the_file_says(keyword: str) -> None:
    assert said(patient=True, fields=(keyword,)) == (SAID[keyword],)


def test_all_fields_stand_in_their_order_and_those_of_the_patient_can_go() -> None:
    every = tuple(field.keyword for field in FIELDS)
    assert said(patient=True, fields=every[::-1]) == tuple(SAID[keyword] for keyword in every)
    hidden = said(patient=False, fields=every)
    assert not {"Doe Jane", "77", "F 54 years", "Hospital"} & set(hidden)
    assert "Maker" in hidden


def test_the_fields_of_the_settings_are_fields_and_readers_bring_their_values() -> None:
    keywords = {field.keyword for field in FIELDS}
    assert set(Settings().overlay_fields) <= keywords
    assert keywords - {"Modality"} <= set(LABEL_KEYWORDS)


def test_a_text_that_is_ticked_in_the_settings_stands_in_the_corner(shown: MainWindow) -> None:
    shown.board["settings"].trigger()
    (dialog,) = shown.findChildren(SettingsDialog)
    for place, field in enumerate(FIELDS):
        item = dialog.texts.item(place)
        assert item is not None
        wanted = field.keyword in ("PatientName", "Modality")
        item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
    dialog.accept()
    corners = shown.view.scene.corners
    assert corners is not None
    assert (corners.top_left, corners.top_right) == (("Doe Jane",), ("CT",))
    assert shown.preferences.settings.overlay_fields == ("PatientName", "Modality")


@pytest.mark.parametrize("side", ["top_left", "top_right"])
def test_a_long_line_ends_before_the_letter_in_the_middle(shown: MainWindow, side: str) -> None:
    view = shown.view
    view.setFixedSize(320, 300)

    def middle(line: str) -> QImage:
        view.scene.corners = Corners(**{side: (line,)})
        view.update()
        return view.grab(QRect(view.width() // 2 - 8, 0, 16, 60)).toImage()

    assert middle("A" * 48) == middle("")
