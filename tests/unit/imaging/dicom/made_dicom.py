"""DICOM files for the readers' tests, written by pydicom alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import UID, CTImageStorage, EnhancedCTImageStorage, ExplicitVRLittleEndian, RLELossless, generate_uid

AXIAL = [1.0, 0.0, 0.0, 0.0, 1.0, 0.0]
SERIES = "1.2.826.0.1.3680043.8.498.1"


def ramp(rows: int = 6, columns: int = 8) -> NDArray[np.int16]:
    """Every pixel another value, negative ones among them."""
    return (np.arange(rows * columns, dtype=np.int16) * 37 - 500).reshape(rows, columns)


def ct(values: NDArray[Any] | None = None, **attributes: Any) -> Dataset:
    """A CT slice of int16 or unsigned values; `attributes` are set on top, None removes one."""
    values = ramp() if values is None else values
    dataset = Dataset()
    dataset.SOPClassUID = CTImageStorage
    dataset.SOPInstanceUID = generate_uid(entropy_srcs=[repr(sorted(attributes.items())), values.tobytes().hex()[:64]])
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = "1.2.3", SERIES
    dataset.Modality, dataset.PatientName, dataset.SeriesDescription = "CT", "Doe^Jane", "Thorax"
    dataset.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    dataset.InstanceNumber = 1
    dataset.ImagePositionPatient, dataset.ImageOrientationPatient = [-100.0, -80.0, 12.5], AXIAL
    dataset.PixelSpacing, dataset.SliceThickness = [0.7, 0.8], 1.25
    dataset.SamplesPerPixel = 3 if values.ndim == 3 else 1
    dataset.PhotometricInterpretation = "RGB" if values.ndim == 3 else "MONOCHROME2"
    if values.ndim == 3:
        dataset.PlanarConfiguration = 0
    dataset.Rows, dataset.Columns = values.shape[:2]
    bits = 8 * values.dtype.itemsize
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = bits, bits, bits - 1
    dataset.PixelRepresentation = int(values.dtype.kind == "i")
    dataset.RescaleSlope, dataset.RescaleIntercept = 1, 0
    dataset.PixelData = values.tobytes() + (b"\x00" if values.nbytes % 2 else b"")
    for keyword, value in attributes.items():
        if value is None:
            del dataset[keyword]
        else:
            setattr(dataset, keyword, value)
    return dataset


def item(**attributes: Any) -> Sequence:
    """A sequence of one item."""
    only = Dataset()
    for keyword, value in attributes.items():
        setattr(only, keyword, value)
    return Sequence([only])


def save(dataset: Dataset, path: Path, syntax: UID = ExplicitVRLittleEndian) -> Path:
    """Write as DICOM file; the directories are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = syntax
    dataset.file_meta.MediaStorageSOPClassUID = dataset.get("SOPClassUID", CTImageStorage)
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.get("SOPInstanceUID", "1.2")
    dataset.save_as(
        path, enforce_file_format=True, implicit_vr=syntax.is_implicit_VR, little_endian=syntax.is_little_endian
    )
    return path


def save_compressed(dataset: Dataset, path: Path, named: str = RLELossless) -> Path:
    """Write with RLE frames, under that name or another."""
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.compress(RLELossless, generate_instance_uid=False)
    dataset.file_meta.TransferSyntaxUID = UID(named)
    dataset.file_meta.MediaStorageSOPClassUID = dataset.SOPClassUID
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    dataset.save_as(path, enforce_file_format=True, implicit_vr=False, little_endian=True)
    return path


def enhanced() -> Dataset:
    """Three frames, each with its own place, intercept and window; orientation and spacing are shared."""
    values = np.stack([ramp() + step for step in range(3)])
    dataset = ct(values[0], NumberOfFrames=3, SOPClassUID=EnhancedCTImageStorage, PixelData=values.tobytes())
    for keyword in (
        "ImagePositionPatient",
        "ImageOrientationPatient",
        "PixelSpacing",
        "RescaleSlope",
        "RescaleIntercept",
    ):
        del dataset[keyword]
    shared = Dataset()
    shared.PlaneOrientationSequence = item(ImageOrientationPatient=AXIAL)
    shared.PixelMeasuresSequence = item(PixelSpacing=[0.5, 0.6], SliceThickness=2)
    dataset.SharedFunctionalGroupsSequence = Sequence([shared])
    frames = []
    for index in range(3):
        frame = Dataset()
        frame.PlanePositionSequence = item(ImagePositionPatient=[0, 0, 5 * index])
        frame.PixelValueTransformationSequence = item(RescaleSlope=1, RescaleIntercept=-1000 - index, RescaleType="HU")
        frame.FrameVOILUTSequence = item(WindowCenter=index, WindowWidth=100 + index)
        frames.append(frame)
    dataset.PerFrameFunctionalGroupsSequence = Sequence(frames)
    return dataset
