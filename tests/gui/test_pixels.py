"""What the picture's pixels are, against pydicom's own rendering."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
import pytest
from numpy.typing import NDArray
from pydicom.pixels.processing import apply_modality_lut, apply_voi_lut
from PySide6.QtGui import QImage

from covidviewer.imaging.dicom.reader import read_slice
from covidviewer.ui.view.pixels import picture
from tests.unit.imaging.dicom.made_dicom import ct, save


def greys(image: QImage) -> NDArray[np.uint8]:
    """(rows, columns) of an image of three equal channels."""
    grey = image.convertToFormat(QImage.Format.Format_RGBA8888)
    pixels = np.array(grey.constBits(), np.uint8).reshape(grey.height(), grey.width(), 4)
    assert (pixels[..., 0] == pixels[..., 1]).all()
    assert (pixels[..., 0] == pixels[..., 2]).all()
    return pixels[..., 0]


@pytest.mark.parametrize("inverted", [False, True])
@pytest.mark.parametrize("photometric", ["MONOCHROME1", "MONOCHROME2"])
def test_low_values_are_bright_in_monochrome1_and_dark_in_monochrome2_unless_inverted(
    tmp_path: Path, photometric: str, inverted: bool
) -> None:
    values = np.arange(-1024, 1024, dtype=np.int16).reshape(32, 64)
    path = save(ct(values, PhotometricInterpretation=photometric, WindowCenter=40, WindowWidth=400), tmp_path / "a.dcm")
    slice_ = read_slice(path)
    dataset = pydicom.dcmread(path)
    shown = apply_voi_lut(apply_modality_lut(dataset.pixel_array, dataset), dataset)
    levels = np.rint((shown - shown.min()) * 255 / np.ptp(shown))
    bright_is_low = (photometric == "MONOCHROME1") != inverted
    expected = 255 - levels if bright_is_low else levels
    np.testing.assert_array_equal(greys(picture(slice_, slice_.windows[0], inverted)), expected)
