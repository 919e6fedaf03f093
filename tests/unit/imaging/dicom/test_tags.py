"""The tag tree against pydicom's own walk through the file, and what is hidden with the patient's text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from covidviewer.errors import UnreadableFile
from covidviewer.imaging.dicom import tags as dicom_tags
from covidviewer.imaging.dicom.tags import HIDDEN, Tag, read_tags
from covidviewer.phantom.files import write_phantom_dicom
from covidviewer.phantom.slices import phantom_slice


def flat(tags: tuple[Tag, ...]) -> Iterator[Tag]:
    for tag in tags:
        yield tag
        yield from flat(tag.children)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.dcm"
    write_phantom_dicom(path, phantom_slice(3, 0.5, size=64), seed=3, number=1)
    dataset = pydicom.dcmread(path)
    inner = Dataset()
    inner.CodeMeaning = "Chest"
    inner.PersonName = "Roe^Rick"
    outer = Dataset()
    outer.PurposeOfReferenceCodeSequence = Sequence([inner])
    dataset.RequestAttributesSequence = Sequence([outer, Dataset()])
    dataset.PatientName = "Doe^Jane" * 400
    dataset.AccessionNumber = "A-77"
    dataset.ImageComments = "Doe was here"
    dataset.private_block(0x0099, "OURS", create=True).add_new(1, "LO", "Doe")
    dataset.save_as(path)
    return path


def test_every_element_of_the_file_is_listed_with_pydicoms_words(file: Path) -> None:
    found = [tag for tag in flat(read_tags(file, patient=True)) if tag.tag]
    dataset = pydicom.dcmread(file, stop_before_pixels=True)
    told = [*dataset.file_meta.iterall(), *dataset.iterall()]
    assert [(tag.tag, tag.name, tag.vr) for tag in found] == [
        (f"({e.tag.group:04X},{e.tag.element:04X})", e.name, e.VR) for e in told
    ]


def test_sequences_are_trees_with_numbered_items(file: Path) -> None:
    (sequence,) = (tag for tag in read_tags(file, patient=True) if tag.name == "Request Attributes Sequence")
    assert [item.name for item in sequence.children] == ["Item 1", "Item 2"]
    (code,) = sequence.children[0].children
    assert [(tag.name, tag.value) for tag in code.children[0].children] == [
        ("Code Meaning", "Chest"),
        ("Person Name", "Roe^Rick"),
    ]


def test_long_values_are_cut_and_numbers_kept(file: Path) -> None:
    values = {tag.name: tag.value for tag in read_tags(file, patient=True)}
    assert len(values["Patient's Name"]) == dicom_tags.LONGEST_VALUE
    spacing = pydicom.dcmread(file).PixelSpacing
    assert np.array(values["Pixel Spacing"].split("\\"), float) == pytest.approx(np.array(spacing, float))


def test_nothing_that_names_the_patient_is_left_when_the_patients_text_is_hidden(file: Path) -> None:
    shown = " ".join(tag.value for tag in flat(read_tags(file, patient=False)))
    for word in ("Doe", "Roe", "A-77"):
        assert word not in shown
    assert "Doe" in " ".join(tag.value for tag in flat(read_tags(file, patient=True)))
    values = {tag.name: tag.value for tag in read_tags(file, patient=False)}
    assert values["Patient ID"] == HIDDEN
    assert values["Modality"] == "CT"


def test_no_more_than_the_limit_is_listed(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dicom_tags, "MOST_TAGS", 9)
    assert sum(1 for _ in flat(read_tags(file, patient=True))) == 9


def test_a_file_that_is_gone_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        read_tags(tmp_path / "gone.dcm", patient=True)
