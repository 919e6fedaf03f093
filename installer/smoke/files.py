"""A synthetic CT slice in every transfer syntax that can be written here, each a series named for its syntax."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from pydicom import dcmwrite, uid
from pydicom.dataset import FileDataset, validate_file_meta
from pydicom.encaps import encapsulate

from covidviewer.phantom.files import phantom_dataset
from covidviewer.phantom.slices import phantom_slice

Pixels = NDArray[np.uint8] | NDArray[np.uint16]

SEED, LESIONS = 1, 4
"""Of the phantom."""
NATIVE = (
    uid.ImplicitVRLittleEndian,
    uid.ExplicitVRLittleEndian,
    uid.DeflatedExplicitVRLittleEndian,
    uid.ExplicitVRBigEndian,
)
EIGHT_BITS = 16
"""By what the 12-bit values are divided for the one syntax that holds 8."""


def lossless_jpeg(pixels: Pixels) -> bytes:
    """JPEG process 14, first-order prediction."""
    return encoded(imagecodecs.jpeg8_encode, pixels, lossless=True, predictor=1, bitspersample=16)


def encoded(encode: Callable[..., Any], pixels: Pixels, **options: Any) -> bytes:
    """One frame, compressed."""
    return bytes(encode(pixels, **options))


ENCODERS: dict[uid.UID, Callable[[Pixels], bytes]] = {
    uid.JPEGBaseline8Bit: lambda pixels: encoded(imagecodecs.jpeg8_encode, pixels, level=95),
    uid.JPEGExtended12Bit: lambda pixels: encoded(imagecodecs.jpeg8_encode, pixels, level=95, bitspersample=12),
    uid.JPEGLossless: lossless_jpeg,
    uid.JPEGLosslessSV1: lossless_jpeg,
    uid.JPEGLSLossless: lambda pixels: encoded(imagecodecs.jpegls_encode, pixels),
    uid.JPEGLSNearLossless: lambda pixels: encoded(imagecodecs.jpegls_encode, pixels, level=2),
    uid.JPEG2000Lossless: lambda pixels: encoded(imagecodecs.jpeg2k_encode, pixels, codecformat="j2k", reversible=True),
    uid.JPEG2000: lambda pixels: encoded(imagecodecs.jpeg2k_encode, pixels, codecformat="j2k", level=60),
    uid.HTJ2KLossless: lambda pixels: encoded(imagecodecs.htj2k_encode, pixels, reversible=True),
    uid.HTJ2KLosslessRPCL: lambda pixels: encoded(imagecodecs.htj2k_encode, pixels, reversible=True),
    uid.HTJ2K: lambda pixels: encoded(imagecodecs.htj2k_encode, pixels, reversible=False),
}
"""Compressed syntaxes beside RLE, which pydicom writes. The two retired ones (.53, .55) nobody writes any more."""


def write_one_of_each(folder: Path) -> list[Path]:
    """The files, `1.2.840.10008.1.2.dcm` and so on; the folder is made."""
    folder.mkdir(parents=True, exist_ok=True)
    phantom = phantom_slice(SEED, lesions=LESIONS)
    syntaxes = (*NATIVE, uid.RLELossless, *ENCODERS)
    return [write(phantom_dataset(phantom, seed=number), one, folder) for number, one in enumerate(syntaxes, start=1)]


def write(dataset: FileDataset, syntax: uid.UID, folder: Path) -> Path:
    """One file; its series is named for the syntax."""
    dataset.SeriesDescription = syntax
    if syntax == uid.RLELossless:
        dataset.compress(uid.RLELossless, generate_instance_uid=False)
    elif syntax in ENCODERS:
        compress(dataset, syntax)
    elif syntax == uid.ExplicitVRBigEndian:
        dataset.PixelData = np.frombuffer(dataset.PixelData, "<u2").astype(">u2").tobytes()
    dataset.file_meta.TransferSyntaxUID = syntax
    path = folder / f"{syntax}.dcm"
    order = {"implicit_vr": syntax.is_implicit_VR, "little_endian": syntax.is_little_endian}
    validate_file_meta(dataset.file_meta)
    turned = syntax == uid.ExplicitVRBigEndian  # pydicom writes these only when it need not look after the rest
    dcmwrite(path, dataset, enforce_file_format=not turned, force_encoding=turned, **order)
    return path


def compress(dataset: FileDataset, syntax: uid.UID) -> None:
    """Replace the pixels of a dataset by one compressed frame."""
    pixels: Pixels = np.frombuffer(dataset.PixelData, "<u2").reshape(dataset.Rows, dataset.Columns).copy()
    if syntax == uid.JPEGBaseline8Bit:
        pixels = (pixels // EIGHT_BITS).astype(np.uint8)
        dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 8, 8, 7
        dataset.RescaleSlope = str(EIGHT_BITS)
    dataset.PixelData = encapsulate([ENCODERS[syntax](pixels)])
    dataset["PixelData"].is_undefined_length = True
