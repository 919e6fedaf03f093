"""Writes phantoms as files that any viewer opens: a DICOM CT series, or PNG pictures in a window."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.slices import VoiWindow
from covidviewer.phantom.slices import SERIES_THICKNESS_MM, Phantom, phantom_series

if TYPE_CHECKING:
    from covidviewer.imaging.dicom.pydicom_api import FileDataset

UID_ROOT: Final = "2.25.22888203914787235516280386931898526714"
"""A UUID of ours (PS3.5 B.2); the seed and the slice follow, so that a phantom is always the same object."""
LUNG_WINDOW: Final = VoiWindow(-600.0, 1500.0, name="Lung")
RESCALE_INTERCEPT: Final = -1024


def write_phantom_series(folder: Path, seed: int, slices: int = 40, lesions: int = 0, size: int = 512) -> list[Path]:
    """Write a series of one phantom as DICOM files `slice-001.dcm` ... into a folder, which is made if need be.

    Head first, evenly spaced; the same seed gives the same UIDs and the same bytes. Returns the files in order.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, phantom in enumerate(phantom_series(seed, slices, lesions, size), start=1):
        path = folder / f"slice-{number:03d}.dcm"
        write_phantom_dicom(path, phantom, seed=seed, number=number)
        paths.append(path)
    return paths


def write_phantom_dicom(path: Path, phantom: Phantom, *, seed: int, number: int = 1) -> None:
    """Write one phantom as a CT Image (PS3.3 A.3), Explicit VR little endian; `number`: its Instance Number, from 1."""
    phantom_dataset(phantom, seed=seed, number=number).save_as(path, enforce_file_format=True)


def phantom_dataset(phantom: Phantom, *, seed: int, number: int = 1) -> FileDataset:
    """One phantom as a CT Image with file meta information, ready to be changed and saved."""
    from covidviewer.imaging.dicom.pydicom_api import FileDataset, FileMetaDataset, uid

    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = uid.CTImageStorage
    meta.MediaStorageSOPInstanceUID = uid.UID(f"{UID_ROOT}.{seed}.2.{number}")
    meta.TransferSyntaxUID = uid.ExplicitVRLittleEndian
    dataset = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    rows, columns = phantom.values.shape
    values = {
        "SpecificCharacterSet": "ISO_IR 192",
        "ImageType": ["ORIGINAL", "PRIMARY", "AXIAL"],
        "SOPClassUID": uid.CTImageStorage,
        "SOPInstanceUID": meta.MediaStorageSOPInstanceUID,
        "StudyDate": "20200401",
        "StudyTime": "120000",
        "AccessionNumber": "",
        "Modality": "CT",
        "Manufacturer": "CovidViewer phantom",
        "ReferringPhysicianName": "",
        "StudyDescription": "Synthetic thorax",
        "SeriesDescription": f"Phantom {seed}",
        "PatientName": f"Phantom^Seed {seed}",
        "PatientID": f"PHANTOM-{seed}",
        "PatientBirthDate": "",
        "PatientSex": "",
        "BodyPartExamined": "CHEST",
        "SliceThickness": f"{SERIES_THICKNESS_MM:g}",
        "KVP": "",
        "PatientPosition": "HFS",
        "StudyInstanceUID": f"{UID_ROOT}.{seed}",
        "SeriesInstanceUID": f"{UID_ROOT}.{seed}.1",
        "FrameOfReferenceUID": f"{UID_ROOT}.{seed}.3",
        "StudyID": str(seed),
        "SeriesNumber": 1,
        "AcquisitionNumber": 1,
        "InstanceNumber": number,
        "PositionReferenceIndicator": "",
        "ImageOrientationPatient": [1, 0, 0, 0, 1, 0],
        "ImagePositionPatient": [f"{v:.6g}" for v in first_pixel_mm(phantom)],
        "SamplesPerPixel": 1,
        "PhotometricInterpretation": "MONOCHROME2",
        "Rows": rows,
        "Columns": columns,
        "PixelSpacing": [f"{phantom.spacing_mm:.8g}"] * 2,
        "BitsAllocated": 16,
        "BitsStored": 12,
        "HighBit": 11,
        "PixelRepresentation": 0,
        "WindowCenter": f"{LUNG_WINDOW.centre:g}",
        "WindowWidth": f"{LUNG_WINDOW.width:g}",
        "WindowCenterWidthExplanation": LUNG_WINDOW.name,
        "RescaleIntercept": str(RESCALE_INTERCEPT),
        "RescaleSlope": "1",
        "RescaleType": "HU",
        "PixelData": (phantom.values - np.int16(RESCALE_INTERCEPT)).astype("<u2").tobytes(),
    }
    for keyword, value in values.items():
        setattr(dataset, keyword, value)
    return dataset


def first_pixel_mm(phantom: Phantom) -> tuple[float, float, float]:
    """Image Position (Patient): LPS mm of the first pixel's centre; the lung apex is at 0 and the feet are below."""
    rows, columns = phantom.values.shape
    return (
        -(columns - 1) / 2 * phantom.spacing_mm,
        -(rows - 1) / 2 * phantom.spacing_mm,
        -phantom.position_mm,
    )


def write_phantom_png(path: Path, phantom: Phantom, window: VoiWindow = LUNG_WINDOW) -> None:
    """Write one phantom as an 8-bit grey PNG, as a person sees it in `window`."""
    from PIL import Image

    Image.fromarray(windowed(phantom.values, window)).save(path, format="PNG")


def write_phantom_pngs(folder: Path, phantoms: Iterable[Phantom], window: VoiWindow = LUNG_WINDOW) -> list[Path]:
    """Write phantoms as `slice-001.png` ... into a folder, which is made if need be; the files in order."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, phantom in enumerate(phantoms, start=1):
        paths.append(folder / f"slice-{number:03d}.png")
        write_phantom_png(paths[-1], phantom, window)
    return paths


def windowed(values: NDArray[np.int16], window: VoiWindow) -> NDArray[np.uint8]:
    """(rows, columns) HU to grey 0..255, linear between the window's ends."""
    grey = (values.astype(np.float32) - np.float32(window.centre)) * np.float32(255 / window.width) + np.float32(127.5)
    return np.asarray(np.clip(np.rint(grey), 0, 255), dtype=np.uint8)
