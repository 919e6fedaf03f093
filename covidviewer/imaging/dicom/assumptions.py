"""What careless writers leave out and can be made up for, and the sentences that say so. Decodes none."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any, Final

from covidviewer.imaging.dicom.pydicom_api import Dataset
from covidviewer.imaging.dicom.values import number, text, value_of
from covidviewer.texts import N_

NO_SAMPLES: Final = N_("The file does not give its samples per pixel: read as MONOCHROME2.")
NO_PHOTOMETRIC: Final = N_("The file does not give its photometric interpretation: read as MONOCHROME2.")
NO_SLOPE: Final = N_("The file has a rescale intercept without a slope: slope 1 is used.")
COMMA: Final = N_("The file writes its rescale with a decimal comma.")
NO_RESCALE: Final = N_("The rescale of the file is incomplete or damaged: grey levels are shown, not Hounsfield units.")

_ONE_SAMPLE = ("", "MONOCHROME1", "MONOCHROME2", "PALETTE COLOR")
_UNDEFINED_LENGTH = 0xFFFFFFFF


def completed(options: Mapping[str, Any], pixel_bytes: int) -> dict[str, Any]:
    """Image pixel attributes (PS3.3 C.7.6.3) with one grey sample where the file is silent and all else fits that.

    Parameters
    ----------
    options
        As `file._pixel_options` reads them.
    pixel_bytes
        Length of the pixel element; of compressed pixels it is undefined, and their decoder checks the samples.
    """
    made = dict(options)
    photometric = text(made.get("photometric_interpretation")).upper()
    if photometric:
        made["photometric_interpretation"] = photometric
    samples = made.get("samples_per_pixel")
    if samples == 1 and photometric:
        return made
    if samples in (None, 1) and photometric in _ONE_SAMPLE and _is_one_sample(made, pixel_bytes):
        made["samples_per_pixel"] = 1
        made["photometric_interpretation"] = photometric or "MONOCHROME2"
    return made


def _is_one_sample(options: Mapping[str, Any], pixel_bytes: int) -> bool:
    bits = (options.get(name) for name in ("rows", "columns", "bits_allocated", "number_of_frames"))
    total = 1
    for factor in bits:
        total *= int(factor or 0)
    return pixel_bytes == _UNDEFINED_LENGTH or ceil(total / 8) in (pixel_bytes, pixel_bytes - 1)


def notes(dataset: Dataset, rescale: Dataset, used: bool) -> tuple[str, ...]:
    """Sentences on what was assumed.

    Parameters
    ----------
    dataset
        The file's.
    rescale
        Where the frame has its slope and intercept.
    used
        The values are rescaled.
    """
    slope, intercept = value_of(rescale, "RescaleSlope"), value_of(rescale, "RescaleIntercept")
    said = (
        (NO_SAMPLES, value_of(dataset, "SamplesPerPixel") is None),
        (NO_PHOTOMETRIC, not text(value_of(dataset, "PhotometricInterpretation"))),
        (NO_SLOPE, used and number(slope) is None and number(intercept) is not None),
        (COMMA, used and any("," in text(value) for value in (slope, intercept))),
        (NO_RESCALE, not used and bool(text(slope) or text(intercept))),
    )
    return tuple(sentence for sentence, holds in said if holds)
