"""The DICOM reader: a path to headers without touching the pixels, and a path and frame to a `Slice`. Any thread."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from covidviewer.errors import UnreadableFile
from covidviewer.imaging.dicom import assumptions
from covidviewer.imaging.dicom.decoders import is_compressed, is_trusted, stored_values
from covidviewer.imaging.dicom.file import DicomFile, dicom_errors, open_dicom
from covidviewer.imaging.dicom.fragments import Place
from covidviewer.imaging.dicom.geometry import frame_attribute, frame_geometry, frame_group, frame_spacing
from covidviewer.imaging.dicom.header_cache import RecentFiles
from covidviewer.imaging.dicom.lut import look_up_table
from covidviewer.imaging.dicom.pydicom_api import Dataset, apply_color_lut, uid
from covidviewer.imaging.dicom.values import number, several, text, value_of, whole
from covidviewer.imaging.dicom.voi import file_presets
from covidviewer.imaging.limits import PICTURE_SECONDS, TRUSTED_FRAME_BYTES, TRUSTED_FRAMES
from covidviewer.imaging.luminance import luminance
from covidviewer.imaging.modality import ModalityLut, PaddingRange, Rescale, padding_mask, smallest_dtype, transform
from covidviewer.imaging.outside import Strange, call, expect, takes_strange_files
from covidviewer.imaging.slices import FileKind, Slice, SliceHeader, Source, Units
from covidviewer.texts import N_

if TYPE_CHECKING:
    from numpy.typing import NDArray

LABEL_KEYWORDS = (
    *("PatientName", "PatientID", "PatientBirthDate", "PatientSex", "PatientAge", "PatientPosition"),
    *("StudyDate", "StudyTime", "StudyDescription", "AccessionNumber", "InstitutionName", "ReferringPhysicianName"),
    *("SeriesDescription", "SeriesNumber", "SeriesDate", "SeriesTime", "ProtocolName", "BodyPartExamined"),
    *("AcquisitionDate", "AcquisitionTime", "AcquisitionNumber", "InstanceNumber", "ImageType", "ImageComments"),
    *("Manufacturer", "ManufacturerModelName", "KVP", "XRayTubeCurrent", "Exposure", "ConvolutionKernel"),
    *("SliceThickness", "SpacingBetweenSlices", "SliceLocation", "GantryDetectorTilt", "ContrastBolusAgent"),
    *("RescaleType", "BurnedInAnnotation", "LossyImageCompression", "FrameOfReferenceUID", "SOPClassUID"),
    *("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID", "PhotometricInterpretation", "NumberOfFrames"),
    *("BitsAllocated", "BitsStored", "PixelRepresentation"),
    *("RecommendedDisplayFrameRate", "CineRate", "FrameTime"),
)
"""What `Slice.labels` holds where the file has it, besides TransferSyntaxUID."""

_ROWS = 256
_SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
_HEADER_DAMAGED = N_("The DICOM header is damaged.")
_RECENT = RecentFiles(open_dicom)
_PIXELS_DAMAGED = N_("The pixel data cannot be decoded: the file is damaged, or its header does not match them.")


def read_headers(path: Path) -> tuple[SliceHeader, ...]:
    """One header per frame, in the file's order.

    Raises
    ------
    UnreadableFile, UnsupportedImage
        See `imaging.dicom.file.open_dicom`.
    Strange
        To be read in a decoder process.
    """
    with dicom_errors(_HEADER_DAMAGED):
        file = _RECENT.opened(path)
        if file.frames > TRUSTED_FRAMES and not takes_strange_files():
            raise Strange
        if _is_for_outside(file):
            expect()
        return tuple(_header(file, frame) for frame in range(file.frames))


def read_slice(path: Path, frame: int = 0) -> Slice:
    """Decode one frame.

    Parameters
    ----------
    path
        A DICOM file.
    frame
        Counts from 0.

    Raises
    ------
    UnreadableFile
        Missing, damaged, cut off, or without such a frame.
    UnsupportedImage
        Intact, but no picture, too large, or stored in an unknown way.
    Strange
        To be read in a decoder process.
    """
    with dicom_errors(_HEADER_DAMAGED):
        file = _RECENT.taken(path)
        if not (_is_ordinary(file) or takes_strange_files()):
            raise Strange
    if not 0 <= frame < file.frames:
        raise UnreadableFile(
            "The file has {frames} frames; frame {frame} does not exist.", frames=file.frames, frame=frame + 1
        )
    with dicom_errors(_PIXELS_DAMAGED):
        stored, photometric = _stored(file, frame)
        return _slice(file, frame, stored, photometric)


def _is_ordinary(file: DicomFile) -> bool:
    """Whether a frame takes no more memory than those of scanners."""
    cells = file.rows * file.columns * int(file.options["samples_per_pixel"])
    return file.inflated is None and cells * int(file.options["bits_allocated"]) <= 8 * TRUSTED_FRAME_BYTES


def _is_for_outside(file: DicomFile) -> bool:
    """Whether the frames of an ordinary file are decompressed in a decoder process, and the rest is done here."""
    return is_compressed(file.syntax) and not is_trusted(file.syntax, file.options)


def _stored(file: DicomFile, frame: int) -> tuple[NDArray[Any], str]:
    """Stored values and photometric interpretation."""
    place = file.places[frame] if file.places else None
    if _is_for_outside(file):
        job = (file.path, file.pixels_at, str(file.syntax), frame, dict(file.options), place)
        return call(_decompressed, *job, seconds=PICTURE_SECONDS)
    with file.pixels() as stream:
        return stored_values(stream, file.syntax, frame, dict(file.options), place)


def _decompressed(
    path: Path, pixels_at: int, syntax: str, frame: int, options: dict[str, Any], place: Place | None
) -> tuple[NDArray[Any], str]:
    with dicom_errors(_PIXELS_DAMAGED), path.open("rb") as stream:
        stream.seek(pixels_at)
        return stored_values(stream, uid.UID(syntax), frame, options, place)


def _header(file: DicomFile, frame: int) -> SliceHeader:
    dataset = file.dataset
    return SliceHeader(
        source=_source(file, frame),
        rows=file.rows,
        columns=file.columns,
        geometry=frame_geometry(dataset, frame),
        spacing_mm=frame_spacing(dataset, frame),
        series_uid=text(value_of(dataset, "SeriesInstanceUID")),
        study_uid=text(value_of(dataset, "StudyInstanceUID")),
        modality=text(value_of(dataset, "Modality")),
        description=text(value_of(dataset, "SeriesDescription")),
        instance_number=whole(value_of(dataset, "InstanceNumber")),
        acquisition_number=whole(
            value_of(dataset, "AcquisitionNumber")
            if "PerFrameFunctionalGroupsSequence" not in dataset
            else _time_point(dataset, frame)
        ),
        acquisition_time=text(
            frame_attribute(dataset, frame, "FrameContentSequence", "FrameAcquisitionDateTime")
            or value_of(dataset, "AcquisitionDateTime")
            or value_of(dataset, "AcquisitionTime")
        ),
        image_type=_image_type(dataset, frame),
        transfer_syntax=file.transfer_syntax,
        notes=_notes(file, frame),
    )


def _notes(file: DicomFile, frame: int) -> tuple[str, ...]:
    rescale = frame_group(file.dataset, frame, "PixelValueTransformationSequence")
    return assumptions.notes(file.dataset, rescale, _modality(file.dataset, frame) is not None)


def _time_point(dataset: Dataset, frame: int) -> Any:
    """What tells frames of an enhanced file apart that lie at one place (PS3.3 C.7.6.16.2.2)."""
    content = frame_group(dataset, frame, "FrameContentSequence")
    return value_of(content, "TemporalPositionIndex") or value_of(content, "FrameAcquisitionNumber")


def _slice(file: DicomFile, frame: int, stored: NDArray[Any], photometric: str) -> Slice:
    dataset = file.dataset
    common: dict[str, Any] = {
        "source": _source(file, frame),
        "geometry": frame_geometry(dataset, frame),
        "spacing_mm": frame_spacing(dataset, frame),
        "modality": text(value_of(dataset, "Modality")),
        "labels": _labels(file),
        "notes": _notes(file, frame),
    }
    if photometric == "PALETTE COLOR":
        return Slice(values=smallest_dtype(_palette_grey(stored, dataset)), units=Units.GREY, **common)
    if stored.ndim == 3:
        return Slice(values=smallest_dtype(luminance(stored[..., :3])), units=Units.GREY, **common)
    modality = _modality(dataset, frame)
    return Slice(
        values=transform(stored, modality),
        units=_units(dataset, modality),
        padding=padding_mask(stored, _padding(dataset)),
        windows=file_presets(dataset, frame, _goes_below_zero(dataset, modality)),
        inverted=photometric == "MONOCHROME1",
        **common,
    )


def _palette_grey(stored: NDArray[Any], dataset: Dataset) -> NDArray[Any]:
    """Luminance of the colours that indices stand for (PS3.3 C.7.6.3.1.5), some rows at a time: colours take room."""
    rows = range(0, len(stored), _ROWS)
    return np.concatenate([luminance(apply_color_lut(stored[top : top + _ROWS], dataset)[..., :3]) for top in rows])


def _source(file: DicomFile, frame: int) -> Source:
    return Source(file.path, FileKind.DICOM, frame, file.identity)


def _modality(dataset: Dataset, frame: int) -> Rescale | ModalityLut | None:
    """Rescale or Modality LUT (PS3.3 C.11.1); None when absent, or when slope or intercept are no numbers to use.

    An intercept without a slope is one of slope 1.
    """
    sequence = value_of(dataset, "ModalityLUTSequence")
    if sequence:
        little_endian = dataset.original_encoding[1] is not False
        found = look_up_table(sequence[0], bool(value_of(dataset, "PixelRepresentation")), little_endian)
        return ModalityLut(found.first, found.table, text(sequence[0].get("ModalityLUTType")).upper())
    group = frame_group(dataset, frame, "PixelValueTransformationSequence")
    written, intercept = value_of(group, "RescaleSlope"), number(value_of(group, "RescaleIntercept"))
    slope = number(written) if text(written) else 1.0
    if slope is None or intercept is None or slope == 0:
        return None
    return Rescale(slope, intercept, text(value_of(group, "RescaleType")).upper())


def _goes_below_zero(dataset: Dataset, modality: Rescale | ModalityLut | None) -> bool:
    """Whether measured values may be negative, which decides how a table's first value is read (PS3.3 C.11.2.1.1)."""
    if isinstance(modality, ModalityLut):
        return False
    return bool(value_of(dataset, "PixelRepresentation")) or (modality is not None and modality.intercept < 0)


def _units(dataset: Dataset, modality: Rescale | ModalityLut | None) -> Units:
    """Hounsfield units where the file says so, or is a CT picture that is rescaled and names no other unit."""
    if modality is None:
        return Units.GREY
    if modality.type == "HU":
        return Units.HU
    captured = text(value_of(dataset, "SOPClassUID")).startswith(_SECONDARY_CAPTURE)
    is_ct = text(value_of(dataset, "Modality")) == "CT" and not captured
    return Units.HU if is_ct and not modality.type and isinstance(modality, Rescale) else Units.GREY


def _padding(dataset: Dataset) -> PaddingRange | None:
    """Pixel Padding Value (0028,0120) and Range Limit (0028,0121), folded into the stored bits and their sign."""
    ends = [whole(value_of(dataset, keyword)) for keyword in ("PixelPaddingValue", "PixelPaddingRangeLimit")]
    if ends[0] is None:
        return None
    bits, signed = int(value_of(dataset, "BitsStored")), bool(value_of(dataset, "PixelRepresentation"))
    folded = []
    for end in (ends[0], ends[0] if ends[1] is None else ends[1]):
        value = end % (1 << bits)
        folded.append(value - (1 << bits) if signed and value >= 1 << (bits - 1) else value)
    return PaddingRange(min(folded), max(folded))


def _labels(file: DicomFile) -> Mapping[str, str]:
    dataset = file.dataset
    labels = {keyword: words for keyword in LABEL_KEYWORDS if (words := text(value_of(dataset, keyword)))}
    labels["PhotometricInterpretation"] = text(file.options.get("photometric_interpretation"))
    labels["TransferSyntaxUID"] = file.transfer_syntax
    return MappingProxyType(labels)


def _image_type(dataset: Dataset, frame: int) -> tuple[str, ...]:
    for sequence in ("CTImageFrameTypeSequence", "MRImageFrameTypeSequence"):
        value = frame_attribute(dataset, frame, sequence, "FrameType")
        if value:
            return tuple(text(part) for part in several(value))
    return tuple(text(part) for part in several(value_of(dataset, "ImageType")))
