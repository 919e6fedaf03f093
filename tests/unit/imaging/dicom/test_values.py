"""Reading an element's value without pydicom's conversion, held against pydicom's own."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydicom import dcmread, dcmwrite
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

from covidviewer.imaging.dicom.decoders import stored_values
from covidviewer.imaging.dicom.file import open_dicom
from covidviewer.imaging.dicom.native_pixels import is_plain
from covidviewer.imaging.dicom.values import number, several, text, value_of, whole
from tests.unit.imaging.dicom.made_dicom import ct, item, save

SYNTAXES: list[UID] = [ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian]


def again(dataset: Dataset, syntax: UID) -> Dataset:
    """The data set as it is read back, its elements not yet converted."""
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = syntax
    stream = BytesIO()
    dcmwrite(stream, dataset, enforce_file_format=True)
    return dcmread(BytesIO(stream.getvalue()))


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_each_kind_of_value_reads_as_pydicom_has_it(syntax: UID) -> None:
    made = ct(
        PatientName="Müller^Jürgen",
        SpecificCharacterSet="ISO_IR 192",
        SeriesDescription="Lunge, Größe",
        ImageComments="one\\two",
        WindowCenter=["-600", "40.5"],
        PixelPaddingValue=-2000,
        SmallestImagePixelValue=-1024,
        FrameIncrementPointer=0x00181063,
        ModalityLUTSequence=item(ModalityLUTType="HU"),
    )
    made.AcquisitionNumber = None
    mine, theirs = again(made, syntax), again(made, syntax)
    for element in theirs:
        if element.keyword in ("PixelData", "ModalityLUTSequence"):
            continue
        found = value_of(mine, element.keyword)
        assert [text(part) for part in several(found)] == [text(part) for part in several(element.value)], element
    assert value_of(mine, "Rows") == theirs.Rows
    assert isinstance(value_of(mine, "Rows"), int)
    assert value_of(mine, "PixelPaddingValue") == theirs.PixelPaddingValue
    assert whole(value_of(mine, "InstanceNumber")) == theirs.InstanceNumber
    assert [number(part) for part in value_of(mine, "PixelSpacing")] == [0.7, 0.8]
    assert value_of(mine, "ModalityLUTSequence")[0].ModalityLUTType == "HU"
    assert value_of(mine, "StationName") is None


@pytest.mark.parametrize(
    ("charset", "words"),
    [
        (["ISO 2022 IR 6", "ISO 2022 IR 87"], "Yamada^Tarou=山田^太郎"),
        ("GB18030", "Wang^XiaoDong=王^小东"),
        ("ISO_IR 166", "นามสกุล^ชื่อ"),
        ("GBK", "肺窗"),
    ],
)
def test_words_of_other_character_sets_stay_pydicoms(charset: Any, words: str) -> None:
    made = ct(SpecificCharacterSet=charset, SeriesDescription=words)
    mine, theirs = again(made, ExplicitVRLittleEndian), again(made, ExplicitVRLittleEndian)
    assert text(value_of(mine, "SeriesDescription")) == text(theirs.SeriesDescription) != ""


def test_a_keyword_that_is_in_no_dictionary_is_a_programmers_mistake() -> None:
    with pytest.raises(ValueError, match="SlipOfThePen"):
        value_of(Dataset(), "SlipOfThePen")


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize("bits", [10, 12, 16])
def test_plain_frames_have_pydicoms_values_whatever_stands_in_unused_bits(
    tmp_path: Path, signed: bool, bits: int
) -> None:
    rng = np.random.default_rng(bits)
    filled = rng.integers(0, 2**16, (3, 5, 7), dtype=np.uint16)
    made = ct(filled[0].view(np.int16) if signed else filled[0], BitsStored=bits, HighBit=bits - 1)
    made.NumberOfFrames, made.PixelData = 3, filled.tobytes()
    path = save(made, tmp_path / "frames.dcm")
    file = open_dicom(path)
    assert is_plain(file.syntax, file.options)
    theirs = dcmread(path).pixel_array
    for frame in range(3):
        with path.open("rb") as stream:
            stream.seek(file.pixels_at)
            values, _ = stored_values(stream, file.syntax, frame, dict(file.options))
        unused = 16 - bits
        assert values.dtype.kind == ("i" if signed else "u")
        np.testing.assert_array_equal(values, (filled[frame].view(values.dtype) << unused) >> unused)
        if bits == 16:
            np.testing.assert_array_equal(values, theirs[frame])
