"""The DICOM reader on files written by pydicom: values, units, geometry, windows, padding, frames, limits, damage."""

from __future__ import annotations

import contextlib
import hashlib
import random
import warnings
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from pydicom.pixels.processing import apply_modality_lut
from pydicom.uid import (
    UID,
    BasicTextSRStorage,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ImplicitVRLittleEndian,
    RTStructureSetStorage,
    SecondaryCaptureImageStorage,
)

from covidviewer.errors import CovidViewerError, UnreadableFile, UnsupportedImage
from covidviewer.imaging.dicom.reader import read_headers, read_slice
from covidviewer.imaging.slices import Geometry, Units, VoiWindow
from tests.unit.imaging.dicom.made_dicom import AXIAL, ct, enhanced, item, ramp, save, save_compressed

ORIENTATION = item(ImageOrientationPatient=AXIAL)


@pytest.mark.parametrize(
    ("slope", "intercept"), [(1, -1024), (2, 10), (-1, 5), (0.5, 0), (1, -32768), (1000, 0), (1, 0.25)]
)
def test_values_are_slope_times_stored_plus_intercept(tmp_path: Path, slope: float, intercept: float) -> None:
    path = save(ct(RescaleSlope=slope, RescaleIntercept=intercept), tmp_path / "a.dcm")
    slice_ = read_slice(path)
    np.testing.assert_array_equal(slice_.values, ramp() * np.float64(slope) + intercept)
    assert slice_.units is Units.HU


@pytest.mark.parametrize(
    ("slope", "intercept", "kind"),
    [(1, -1024, "int16"), (1, 40000, "int32"), (1, 0.25, "float32"), (0.5, 0, "float32")],
)
def test_values_take_the_narrowest_type_that_holds_them(
    tmp_path: Path, slope: float, intercept: float, kind: str
) -> None:
    path = save(ct(RescaleSlope=slope, RescaleIntercept=intercept), tmp_path / "a.dcm")
    values = read_slice(path).values
    assert values.dtype == kind
    assert not values.flags.writeable


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, ExplicitVRBigEndian, DeflatedExplicitVRLittleEndian])
def test_every_plain_transfer_syntax_gives_the_same_values(tmp_path: Path, syntax: UID) -> None:
    values = ramp()
    dataset = ct(values.byteswap() if syntax == ExplicitVRBigEndian else values, PixelPaddingValue=-500)
    slice_ = read_slice(save(dataset, tmp_path / "a.dcm", syntax))
    np.testing.assert_array_equal(slice_.values, values)
    assert slice_.padding is not None
    assert slice_.padding.sum() == 1
    assert slice_.labels["TransferSyntaxUID"] == syntax


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.int16, np.uint32])
def test_every_depth_and_sign_gives_the_stored_values(tmp_path: Path, kind: type) -> None:
    values: NDArray[Any] = np.array([[0, 1, 2], [np.iinfo(kind).min, np.iinfo(kind).max, 100]], dtype=kind)
    slice_ = read_slice(save(ct(values, RescaleSlope=None, RescaleIntercept=None), tmp_path / "a.dcm"))
    np.testing.assert_array_equal(slice_.values, values.astype(np.float32) if kind is np.uint32 else values)


def test_bits_beyond_the_stored_ones_do_not_count(tmp_path: Path) -> None:
    values = np.array([[0x0FFF, 0xF001], [0x0800, 0x1234]], dtype=np.uint16)
    path = save(ct(values, BitsStored=12, HighBit=11), tmp_path / "a.dcm")
    assert read_slice(path).values.tolist() == [[0x0FFF, 1], [0x0800, 0x0234]]


def test_a_modality_lut_gives_what_pydicom_gives(tmp_path: Path) -> None:
    values = np.array([[0, 3, 10], [11, 12, 200]], dtype=np.uint16)
    table = item(
        LUTDescriptor=[4, 10, 16], LUTData=np.array([7, 1000, 2000, 60000], "<u2").tobytes(), ModalityLUTType="OD"
    )
    dataset = ct(values, ModalityLUTSequence=table, RescaleSlope=None, RescaleIntercept=None)
    slice_ = read_slice(save(dataset, tmp_path / "a.dcm"))
    np.testing.assert_array_equal(slice_.values, apply_modality_lut(values, dataset))
    assert slice_.units is Units.GREY


@pytest.mark.parametrize(
    ("attributes", "units"),
    [
        ({}, Units.HU),
        ({"RescaleType": "HU"}, Units.HU),
        ({"RescaleType": "US"}, Units.GREY),
        ({"Modality": "MR"}, Units.GREY),
        ({"Modality": "PT", "RescaleType": "HU"}, Units.HU),
        ({"RescaleSlope": None, "RescaleIntercept": None}, Units.GREY),
        ({"RescaleSlope": 0}, Units.GREY),
        ({"SOPClassUID": SecondaryCaptureImageStorage}, Units.GREY),
    ],
)
def test_hounsfield_units_are_claimed_for_rescaled_ct_only(
    tmp_path: Path, attributes: dict[str, Any], units: Units
) -> None:
    assert read_slice(save(ct(**attributes), tmp_path / "a.dcm")).units is units


def test_monochrome1_keeps_its_values_and_is_marked_inverted(tmp_path: Path) -> None:
    slice_ = read_slice(save(ct(PhotometricInterpretation="MONOCHROME1"), tmp_path / "a.dcm"))
    assert slice_.inverted
    np.testing.assert_array_equal(slice_.values, ramp())


def test_colour_becomes_the_luminance_that_pillow_computes(tmp_path: Path) -> None:
    colours = np.random.default_rng(1).integers(0, 256, (7, 5, 3), dtype=np.uint8)
    slice_ = read_slice(save(ct(colours), tmp_path / "a.dcm"))
    np.testing.assert_array_equal(slice_.values, np.asarray(Image.fromarray(colours).convert("L")))
    assert slice_.units is Units.GREY


@pytest.mark.parametrize(
    ("padding", "limit", "expected"),
    [(-500, None, 1), (-500, -426, 3), (-426, -500, 3), (-501, None, 0), (65036, None, 1), (None, None, 0)],
)
def test_padding_is_a_value_or_a_range_of_stored_values(
    tmp_path: Path, padding: int | None, limit: int | None, expected: int
) -> None:
    dataset = ct(RescaleIntercept=-1000)
    for keyword, value in (("PixelPaddingValue", padding), ("PixelPaddingRangeLimit", limit)):
        if value is not None:
            dataset.add_new(keyword, "US" if value > 32767 else "SS", value)
    mask = read_slice(save(dataset, tmp_path / "a.dcm")).padding
    if expected == 0:
        assert mask is None
    else:
        assert mask is not None
        assert mask.ravel()[:expected].all()
        assert mask.sum() == expected


def test_geometry_is_what_the_header_says(tmp_path: Path) -> None:
    geometry = read_slice(save(ct(), tmp_path / "a.dcm")).geometry
    assert geometry is not None
    assert geometry.position_mm == (-100.0, -80.0, 12.5)
    assert geometry.spacing_mm == (0.7, 0.8)
    assert geometry.thickness_mm == 1.25
    assert geometry.normal == (0.0, 0.0, 1.0)


@pytest.mark.parametrize(
    ("attributes", "spacing"),
    [
        ({"ImagePositionPatient": None}, (0.7, 0.8)),
        ({"ImageOrientationPatient": None}, (0.7, 0.8)),
        ({"ImageOrientationPatient": [1, 0, 0, 1, 0, 0]}, (0.7, 0.8)),
        ({"ImageOrientationPatient": [0, 0, 0, 0, 0, 0]}, (0.7, 0.8)),
        ({"PixelSpacing": None}, None),
        ({"PixelSpacing": [0, 0]}, None),
        ({"PixelSpacing": [-1, 1]}, None),
        ({"PixelSpacing": ["nan", "1"]}, None),
        ({"PixelSpacing": [0.7]}, None),
        ({"PixelSpacing": None, "ImagerPixelSpacing": [0.1, 0.1]}, None),
    ],
)
@pytest.mark.filterwarnings("ignore:.*DS.*:UserWarning")
def test_incomplete_or_insane_geometry_is_none_and_never_made_up(
    tmp_path: Path, attributes: dict[str, Any], spacing: tuple[float, float] | None
) -> None:
    path = save(ct(**attributes), tmp_path / "a.dcm")
    slice_, header = read_slice(path), read_headers(path)[0]
    assert slice_.geometry is None
    assert header.geometry is None
    assert slice_.spacing_mm == header.spacing_mm == spacing


def test_a_header_says_what_grouping_and_listing_need(tmp_path: Path) -> None:
    path = save(ct(AcquisitionNumber=3, AcquisitionTime="101112.5", InstanceNumber=42), tmp_path / "a.dcm")
    header = read_headers(path)[0]
    assert (header.rows, header.columns, header.instance_number, header.acquisition_number) == (6, 8, 42, 3)
    assert (header.series_uid, header.study_uid, header.modality) == ("1.2.826.0.1.3680043.8.498.1", "1.2.3", "CT")
    assert (header.description, header.acquisition_time) == ("Thorax", "101112.5")
    assert header.image_type == ("ORIGINAL", "PRIMARY", "AXIAL")
    assert header.source == read_slice(path).source


def test_labels_hold_texts_in_any_script(tmp_path: Path) -> None:
    path = save(
        ct(SpecificCharacterSet="ISO_IR 192", PatientName="王^小東", BodyPartExamined="CHEST"), tmp_path / "a.dcm"
    )
    labels = read_slice(path).labels
    assert labels["PatientName"] == "王^小東"
    assert labels["BodyPartExamined"] == "CHEST"
    assert labels["ImageType"] == "ORIGINAL\\PRIMARY\\AXIAL"
    assert "StudyDescription" not in labels


def test_an_enhanced_file_has_its_attributes_per_frame(tmp_path: Path) -> None:
    path = save(enhanced(), tmp_path / "a.dcm")
    headers = read_headers(path)
    assert [header.source.frame for header in headers] == [0, 1, 2]
    for index, header in enumerate(headers):
        slice_ = read_slice(path, index)
        row, column = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)
        assert slice_.geometry == Geometry((0, 0, 5 * index), row, column, (0.5, 0.6), 2)
        assert header.geometry == slice_.geometry
        assert slice_.windows == (VoiWindow(index, 100 + index),)
        assert slice_.units is Units.HU
        np.testing.assert_array_equal(slice_.values, ramp() + index - 1000 - index)


def test_a_frame_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = save(enhanced(), tmp_path / "a.dcm")
    for frame in (3, -1):
        with pytest.raises(UnreadableFile, match="3 frames"):
            read_slice(path, frame)


def test_a_rewritten_file_is_read_anew(tmp_path: Path) -> None:
    path = save(ct(), tmp_path / "a.dcm")
    read_slice(path)
    save(ct(ramp(4, 4), SeriesDescription="another"), path)
    assert read_slice(path).values.shape == (4, 4)


@pytest.mark.parametrize("pixels", [(20000, 20000), (65535, 65535), (8001, 8000)])
def test_huge_pictures_are_refused_by_their_header(tmp_path: Path, pixels: tuple[int, int]) -> None:
    path = save(ct(Rows=pixels[0], Columns=pixels[1]), tmp_path / "a.dcm")
    with pytest.raises(UnsupportedImage, match=f"{pixels[1]} x {pixels[0]}"):
        read_headers(path)


def test_one_pixel_is_a_picture(tmp_path: Path) -> None:
    slice_ = read_slice(save(ct(np.array([[-7]], dtype=np.int16)), tmp_path / "a.dcm"))
    assert slice_.values.tolist() == [[-7]]


@pytest.mark.parametrize(
    ("attributes", "error", "words"),
    [
        ({"PixelData": None}, UnreadableFile, "no pixel data"),
        ({"PixelData": None, "SOPClassUID": BasicTextSRStorage}, UnsupportedImage, "structured report"),
        ({"PixelData": None, "SOPClassUID": RTStructureSetStorage}, UnsupportedImage, "contours"),
        ({"Rows": None}, UnreadableFile, "header"),
        ({"Rows": 0}, UnreadableFile, "no rows"),
        ({"BitsAllocated": 7}, UnreadableFile, "cannot be decoded"),
        ({"SamplesPerPixel": 4}, UnreadableFile, "truncated"),
        ({"NumberOfFrames": 2}, UnreadableFile, "truncated"),
        ({"NumberOfFrames": 2_000_000_000}, UnsupportedImage, "frames"),
        ({"PhotometricInterpretation": "NONSENSE"}, UnreadableFile, "cannot be decoded"),
    ],
)
@pytest.mark.filterwarnings("ignore::UserWarning:pydicom.*")
def test_what_cannot_be_shown_is_refused_in_one_sentence(
    tmp_path: Path, attributes: dict[str, Any], error: type[CovidViewerError], words: str
) -> None:
    path = save(ct(**attributes), tmp_path / "a.dcm")
    with pytest.raises(error, match=words) as refusal:
        read_slice(path)
    assert str(refusal.value).endswith(".")
    assert "Doe" not in str(refusal.value)


@pytest.mark.parametrize(
    ("syntax", "words"),
    [("1.2.840.10008.1.2.4.102", "video"), ("1.2.840.10008.1.2.4.94", "not supported"), ("1.2.3.4", "not supported")],
)
def test_an_unknown_transfer_syntax_is_named(tmp_path: Path, syntax: str, words: str) -> None:
    path = save_compressed(ct(), tmp_path / "a.dcm", named=syntax)
    with pytest.raises(UnsupportedImage, match=words):
        read_headers(path)


def test_a_file_is_known_by_its_uid_or_where_it_has_none_by_its_content(tmp_path: Path) -> None:
    named, nameless = save(ct(), tmp_path / "a.dcm"), save(ct(SOPInstanceUID=None), tmp_path / "b.dcm")
    assert read_headers(named)[0].source.identity == str(ct().SOPInstanceUID)
    expected = "sha256:" + hashlib.sha256(nameless.read_bytes()).hexdigest()
    assert read_slice(nameless).source.identity == read_headers(nameless)[0].source.identity == expected


@pytest.mark.parametrize("kept", [0.1, 0.4, 0.9, 0.999])
def test_a_file_cut_off_anywhere_is_refused(tmp_path: Path, kept: float) -> None:
    whole = save(ct(ramp(60, 60)), tmp_path / "a.dcm").read_bytes()
    path = tmp_path / "cut.dcm"
    path.write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(UnreadableFile):
        read_slice(path)


def test_a_header_cut_off_at_any_byte_is_called_damaged_or_cut_off(tmp_path: Path) -> None:
    dataset = ct(ramp(8, 8), ReferencedImageSequence=item(ReferencedSOPInstanceUID="1.2.3.4"))
    dataset["ReferencedImageSequence"].is_undefined_length = True
    dataset.ReferencedImageSequence[0].is_undefined_length_sequence_item = True
    whole = save(dataset, tmp_path / "a.dcm").read_bytes()
    path = tmp_path / "cut.dcm"
    for kept in range(140, len(whole) - 2 * 8 * 8):
        path.write_bytes(whole[:kept])
        with pytest.raises(UnreadableFile, match=r"damaged|truncated|ends before"):
            read_slice(path)


def test_a_deflated_file_without_a_group_length_is_read(tmp_path: Path) -> None:
    values = ramp()
    path = save(ct(values), tmp_path / "a.dcm", DeflatedExplicitVRLittleEndian)
    whole = path.read_bytes()
    assert whole[132:136] == b"\x02\x00\x00\x00"
    path.write_bytes(whole[:132] + whole[144:])
    np.testing.assert_array_equal(read_slice(path).values, values)


def test_a_file_that_only_mentions_the_deflated_syntax_is_read_as_it_is(tmp_path: Path) -> None:
    values = ramp()
    path = save(ct(values, ImageComments=str(DeflatedExplicitVRLittleEndian)), tmp_path / "a.dcm")
    np.testing.assert_array_equal(read_slice(path).values, values)


def test_a_deflate_bomb_is_refused_before_it_unfolds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(ct(), tmp_path / "a.dcm", DeflatedExplicitVRLittleEndian)
    content = path.read_bytes()
    start = 144 + int.from_bytes(content[140:144], "little")
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    bomb = squeeze.compress(bytes(40 * 2**20)) + squeeze.flush()
    path.write_bytes(content[:start] + bomb)
    monkeypatch.setattr("covidviewer.imaging.dicom.file.MAX_INFLATED_BYTES", 8 * 2**20)
    with pytest.raises(UnsupportedImage, match="expands to more than 8 MB"):
        read_headers(path)


def test_damaged_files_never_raise_anything_but_one_sentence(tmp_path: Path) -> None:
    """A thousand files with a few bytes overwritten, in header and pixels, plain and compressed."""
    chance = random.Random(7)
    files = save(enhanced(), tmp_path / "enhanced.dcm"), save_compressed(ct(ramp(16, 16)), tmp_path / "rle.dcm")
    wholes = [file.read_bytes() for file in files]
    path = tmp_path / "damaged.dcm"
    for _ in range(500):
        for whole in wholes:
            damaged = bytearray(whole)
            for _ in range(chance.randint(1, 8)):
                damaged[chance.randrange(132, len(damaged))] = chance.randrange(256)
            path.write_bytes(damaged)
            with contextlib.suppress(CovidViewerError):
                for header in read_headers(path)[:3]:
                    read_slice(path, header.source.frame)


def test_warnings_about_odd_values_stay_off_the_terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = save(ct(StudyDate="20200101"), tmp_path / "a.dcm")
    path.write_bytes(path.read_bytes().replace(b"20200101", b"not-date"))
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        assert read_slice(path).labels["StudyDate"] == "not-date"
    assert capfd.readouterr() == ("", "")
