"""What careless writers leave out: made up for where all else fits, and said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.uid import UID, ExplicitVRLittleEndian, RLELossless

from covidviewer.cli.info import described
from covidviewer.errors import UnreadableFile
from covidviewer.imaging.dicom import assumptions
from covidviewer.imaging.dicom.reader import read_headers, read_slice
from covidviewer.imaging.dicom.tags import read_tags
from covidviewer.imaging.opening import open_paths
from covidviewer.imaging.slices import Units
from tests.unit.imaging.dicom.made_dicom import ct, ramp, save, save_compressed


def with_text(path: Path, keyword: str, written: bytes) -> Path:
    """The file with another text of the same length in an element whose text is found once."""
    dataset = dcmread(path)
    before = dataset[keyword].value
    content = path.read_bytes()
    assert content.count(str(before).encode()) == 1
    path.write_bytes(content.replace(str(before).encode(), written))
    return path


@pytest.mark.parametrize("slope", [None, ""])
def test_an_intercept_without_a_slope_has_slope_one(tmp_path: Path, slope: str | None) -> None:
    path = save(ct(RescaleSlope=slope, RescaleIntercept=-1024), tmp_path / "a.dcm")
    slice_ = read_slice(path)
    np.testing.assert_array_equal(slice_.values, ramp() - 1024)
    assert slice_.units is Units.HU
    assert slice_.notes == read_headers(path)[0].notes == (assumptions.NO_SLOPE,)
    assert open_paths([path]).series[0].notes == (assumptions.NO_SLOPE,)


def test_a_decimal_comma_is_read_as_a_point(tmp_path: Path) -> None:
    path = save(ct(RescaleIntercept="-1024.5", PixelSpacing=["0.71234", "0.8"]), tmp_path / "a.dcm")
    with_text(path, "RescaleIntercept", b"-1024,5")
    path.write_bytes(path.read_bytes().replace(b"0.71234", b"0,71234"))
    slice_ = read_slice(path)
    np.testing.assert_array_equal(slice_.values, (ramp() - 1024.5).astype(np.float32))
    assert (slice_.units, slice_.spacing_mm, slice_.notes) == (Units.HU, (0.71234, 0.8), (assumptions.COMMA,))


@pytest.mark.parametrize("slope", ["0", "1.x4"])
def test_a_rescale_that_cannot_be_used_is_said(tmp_path: Path, slope: str) -> None:
    path = save(ct(RescaleSlope="7.25", RescaleIntercept=-1024), tmp_path / "a.dcm")
    with_text(path, "RescaleSlope", slope.encode().ljust(4))
    slice_ = read_slice(path)
    assert (slice_.units, slice_.notes) == (Units.GREY, (assumptions.NO_RESCALE,))


MISSING: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({"SamplesPerPixel": None}, (assumptions.NO_SAMPLES,)),
    ({"PhotometricInterpretation": None}, (assumptions.NO_PHOTOMETRIC,)),
    ({"PhotometricInterpretation": ""}, (assumptions.NO_PHOTOMETRIC,)),
    (
        {"SamplesPerPixel": None, "PhotometricInterpretation": None},
        (assumptions.NO_SAMPLES, assumptions.NO_PHOTOMETRIC),
    ),
    ({"PhotometricInterpretation": "monochrome2"}, ()),
]


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, RLELossless], ids=lambda one: one.name)
@pytest.mark.parametrize(("lacks", "said"), MISSING)
def test_one_grey_sample_is_assumed_where_all_else_fits(
    tmp_path: Path, lacks: dict[str, Any], said: tuple[str, ...], syntax: UID
) -> None:
    dataset: Dataset = ct()
    path = save_compressed(dataset, tmp_path / "a.dcm") if syntax == RLELossless else save(dataset, tmp_path / "a.dcm")
    dataset = dcmread(path)
    for keyword, value in lacks.items():
        if value is None:
            del dataset[keyword]
        else:
            setattr(dataset, keyword, value)
    dataset.save_as(path)
    slice_ = read_slice(path)
    np.testing.assert_array_equal(slice_.values, ramp())
    assert (slice_.notes, slice_.inverted, slice_.labels["PhotometricInterpretation"]) == (said, False, "MONOCHROME2")


def test_nothing_is_assumed_of_pixels_that_do_not_fit(tmp_path: Path) -> None:
    path = save(ct(np.zeros((4, 4, 3), np.uint8), SamplesPerPixel=None, PhotometricInterpretation=None), tmp_path / "a")
    with pytest.raises(UnreadableFile, match="header is damaged"):
        read_headers(path)


def test_what_was_assumed_is_told_by_info(tmp_path: Path) -> None:
    from covidviewer.services.opening import find_files

    path = save(ct(RescaleSlope=None), tmp_path / "a.dcm")
    rows = [described(found) for found in find_files([path]) if not hasattr(found, "reason")]
    assert [row["notes"] for row in rows] == [[assumptions.NO_SLOPE]]


@pytest.mark.parametrize("escape", [b"\x1b$)A", b"\x1b$)C", b"\x1b(B", b"\x1b"])
def test_escapes_of_character_sets_are_no_words(tmp_path: Path, escape: bytes) -> None:
    path = save(ct(SpecificCharacterSet=["", "ISO 2022 IR 58"], SeriesDescription="CT 12345678"), tmp_path / "a.dcm")
    words = b"CT " + escape + b"12345678"[len(escape) :]
    path.write_bytes(path.read_bytes().replace(b"CT 12345678", words))
    header, slice_ = read_headers(path)[0], read_slice(path)
    tags = [tag.value for tag in read_tags(path, patient=True) if tag.name == "Series Description"]
    for shown in (header.description, slice_.labels["SeriesDescription"], *tags):
        assert "\x1b" not in shown
        assert shown.startswith("CT ")
    if len(escape) > 1:
        assert header.description == "CT " + "12345678"[len(escape) :]
