"""Every DICOM file of the shared set: the same values as another decoder gives, or one clear sentence.

The other decoders are GDCM, CharLS (pyjpegls), OpenJPEG (pylibjpeg) and pydicom's own RLE, each through pydicom; for
12-bit JPEG, which those refuse, GDCM as it stands in SimpleITK.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest
from numpy.typing import NDArray
from PIL import Image
from pydicom.dataset import FileDataset
from pydicom.pixels.decoders.base import get_decoder
from pydicom.pixels.processing import apply_color_lut, apply_modality_lut
from pydicom.uid import UID, ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

from covidviewer.errors import CovidViewerError, UnreadableFile, UnsupportedImage
from covidviewer.imaging.opening import open_paths, read_headers, read_slice
from covidviewer.imaging.slices import FileKind, Slice
from covidviewer.imaging.sniff import sniff

pytestmark = [pytest.mark.data, pytest.mark.filterwarnings("ignore::UserWarning")]

OTHER_DECODERS = ("gdcm", "pyjpegls", "pylibjpeg", "pydicom", "pillow")
ONLY_SIMPLEITK = ("1.2.840.10008.1.2.4.51", "1.2.840.10008.1.2.4.53", "1.2.840.10008.1.2.4.55")
LOSSY_STEPS = 2
"""Two JPEG decoders may round the cosine transform differently."""

REFUSED: dict[str, type[CovidViewerError]] = {
    "liver_deflate.dcm": UnsupportedImage,  # Deflated Image Frame Compression, 1.2.840.10008.1.2.8.1
    "liver_nonbyte_aligned_deflate.dcm": UnsupportedImage,
    "encapsulated-pdf.dcm": UnsupportedImage,
    "no-pixel-data.dcm": UnsupportedImage,
    "sr_document.dcm": UnsupportedImage,
    "reportsi.dcm": UnsupportedImage,
    "reportsi_with_empty_number_tags.dcm": UnsupportedImage,
    "test-SR.dcm": UnsupportedImage,
    "rtplan.dcm": UnsupportedImage,
    "rtplan_truncated.dcm": UnsupportedImage,
    "rtstruct.dcm": UnsupportedImage,
    "waveform_ecg.dcm": UnsupportedImage,
    "ExplVR_BigEndNoMeta.dcm": UnsupportedImage,  # RT plans
    "ExplVR_LitEndNoMeta.dcm": UnsupportedImage,
    "no_meta.dcm": UnsupportedImage,  # a stray byte before the first element: no DICOM file any more
    "JPEG2000-embedded-sequence-delimiter.dcm": UnreadableFile,  # its codestream was overwritten
    "MR_truncated.dcm": UnreadableFile,
    "badVR.dcm": UnreadableFile,  # Number of Frames is "1A"
    "meta_missing_tsyntax.dcm": UnreadableFile,  # two bytes of pixels, no rows
    "nested_priv_SQ.dcm": UnreadableFile,
    "priv_SQ.dcm": UnreadableFile,
    "no_meta_group_length.dcm": UnreadableFile,
    "UN_sequence.dcm": UnreadableFile,
    "empty_charset_LEI.dcm": UnreadableFile,
    "chrJapMulti.dcm": UnreadableFile,
    "chrJapMultiExplicitIR6.dcm": UnreadableFile,
    "chrKoreanMulti.dcm": UnreadableFile,
    "chrSQEncoding.dcm": UnreadableFile,
    "chrSQEncoding1.dcm": UnreadableFile,
}
"""Looked at one by one; 50 more, TINY_ALPHA, hold headers alone."""


TWINS = {
    "emri_small_jpeg_2k_lossless_too_short.dcm": "emri_small.dcm",  # ends without its last delimiter
    "liver_rle.dcm": "liver.dcm",  # one bit a pixel, which no other decoder unpacks
    "liver_nonbyte_aligned_rle.dcm": "liver_nonbyte_aligned.dcm",
}
"""Files that no other decoder reads, and the uncompressed files of the same pictures."""

MISNAMED = "20-wrong-transfer-syntax.dcm"
"""Says JPEG-LS, holds plain pixels."""


def dicom_files(part: str) -> list[Path]:
    data = os.environ.get("COVIDVIEWER_DATA")
    if not data:
        pytest.skip("COVIDVIEWER_DATA names no data folder")
    files = [path for path in sorted((Path(data) / "dicom" / part).rglob("*")) if path.is_file()]
    return [path for path in files if path.suffix != ".csv"]


PARTS = ("series", "transfer-syntax", "pydicom/pydicom-data", "pydicom/test_files", "pydicom/charset_files", "misc")


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_every_file_has_the_values_of_another_decoder_or_one_sentence(part: str) -> None:
    compared = 0
    for path in dicom_files(part):
        try:
            if sniff(path) is not FileKind.DICOM:
                continue
            frames = len(read_headers(path))
            slices = [read_slice(path, frame) for frame in sorted({0, frames - 1})]
        except CovidViewerError as refusal:
            assert_is_a_known_refusal(path, refusal)
            continue
        for slice_ in slices:
            assert_same_values(path, slice_)
            compared += 1
    assert compared > 0


@pytest.mark.parametrize("part", PARTS)
def test_no_file_of_a_folder_stops_the_others(part: str) -> None:
    files = dicom_files(part)
    opened = open_paths([files[0].parent])
    named = {header.source.path for series in opened.series for header in series.headers}
    named |= {unread.path for unread in opened.unread}
    notes = [note for series in opened.series for note in series.notes]
    copies = sum(int(note.split()[0]) for note in notes if "left out" in note)
    beside = [path for path in files if path.parent == files[0].parent]
    assert opened.complete
    assert len(set(beside) - named) <= copies


def assert_is_a_known_refusal(path: Path, refusal: CovidViewerError) -> None:
    sentence = str(refusal)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert 10 < len(sentence) < 160
    if "TINY_ALPHA" in path.parts:
        assert isinstance(refusal, UnreadableFile | UnsupportedImage)
    elif path.suffix in (".dcm", ""):
        assert type(refusal) is REFUSED.get(path.name, UnsupportedImage if path.suffix == "" else None), path.name
    else:
        assert isinstance(refusal, UnsupportedImage), path.name


def assert_same_values(path: Path, ours: Slice) -> None:
    dataset = dataset_of(path.with_name(TWINS.get(path.name, path.name)))
    syntax = dataset.file_meta.TransferSyntaxUID
    if syntax in ONLY_SIMPLEITK and dataset.BitsStored > 8:
        theirs = by_simpleitk(path, ours.source.frame)
        if ours.inverted:
            theirs = (1 << dataset.BitsStored) - 1 - theirs  # SimpleITK turns MONOCHROME1 around
        far = np.abs(ours.values.astype(float) - theirs) > LOSSY_STEPS
        at_an_end = (ours.values == 0) | (ours.values == (1 << dataset.BitsStored) - 1)
        assert not (far & ~at_an_end).any(), path.name
        assert far.mean() < 1e-4, path.name  # overshoot of the lossy code, which SimpleITK wraps around
    else:
        stored = by_another_plugin(dataset, syntax, ours.source.frame)
        np.testing.assert_array_equal(ours.values, expected_values(dataset, stored), err_msg=path.name)


def dataset_of(path: Path) -> FileDataset:
    dataset = pydicom.dcmread(path, force=True)
    if "TransferSyntaxUID" not in dataset.file_meta or path.name == MISNAMED:
        implicit, little = dataset.original_encoding
        named = ImplicitVRLittleEndian if implicit else ExplicitVRLittleEndian if little else ExplicitVRBigEndian
        dataset.file_meta.TransferSyntaxUID = named
    return dataset


def by_another_plugin(dataset: FileDataset, syntax: UID, frame: int) -> NDArray[Any]:
    decoder = get_decoder(syntax)
    plugins = (
        [name for name in OTHER_DECODERS if name in decoder.available_plugins] if decoder.is_encapsulated else [""]
    )
    for plugin in plugins:
        try:
            array: NDArray[Any] = decoder.as_array(dataset, index=frame, decoding_plugin=plugin)[0]
            return array
        except (RuntimeError, ValueError):
            continue
    raise AssertionError(f"no other decoder reads {syntax.name}")


def expected_values(dataset: FileDataset, stored: NDArray[Any]) -> NDArray[Any]:
    if dataset.PhotometricInterpretation == "PALETTE COLOR":
        stored = apply_color_lut(stored, dataset)
    if stored.ndim == 2:
        if "SharedFunctionalGroupsSequence" in dataset:
            groups = dataset.SharedFunctionalGroupsSequence[0].get("PixelValueTransformationSequence")
            dataset.update({element.tag: element for element in groups[0]} if groups else {})
        if "PerFrameFunctionalGroupsSequence" in dataset:
            groups = dataset.PerFrameFunctionalGroupsSequence[0].get("PixelValueTransformationSequence")
            dataset.update({element.tag: element for element in groups[0]} if groups else {})
        return np.asarray(apply_modality_lut(stored, dataset), dtype=np.float32)
    if stored.dtype == np.uint8:
        return np.asarray(Image.fromarray(stored).convert("L"))
    red, green, blue = (stored[..., channel].astype(object) for channel in range(3))
    return np.asarray((red * 19595 + green * 38470 + blue * 7471 + 32768) // 65536, dtype=np.float32)


def by_simpleitk(path: Path, frame: int) -> NDArray[np.float64]:
    simpleitk = pytest.importorskip("SimpleITK")
    simpleitk.ProcessObject.SetGlobalWarningDisplay(False)
    return np.asarray(simpleitk.GetArrayFromImage(simpleitk.ReadImage(str(path)))[frame], dtype=np.float64)
