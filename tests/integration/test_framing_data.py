"""Framing on real pictures: lungs are found where there are lungs, in one place however shown, and hardly elsewhere."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from covidviewer.imaging.dicom.reader import read_slice
from covidviewer.imaging.lungs.box import Box
from covidviewer.imaging.lungs.framing import Framing, frame_lungs
from covidviewer.imaging.lungs.opacity import measure_opacity
from covidviewer.imaging.slices import FileKind, Slice, Source, Units
from training.data.folders import labelled_samples, luna_samples
from training.data.framed import read_image

EVERY = 12
WINDOWS = ((-600, 1500), (-500, 1400), (-550, 1600), (-600, 1200), (-400, 1500))


def framed_share(files: list[Path]) -> float:
    """Share of pictures in which lungs are found."""
    assert files
    return float(np.mean([isinstance(frame_lungs(read_image(file)), Framing) for file in files]))


def overlap(a: Box, b: Box) -> float:
    """Intersection over union."""
    height = max(0.0, min(a.bottom, b.bottom) - max(a.top, b.top))
    width = max(0.0, min(a.right, b.right) - max(a.left, b.left))
    area = [(box.bottom - box.top) * (box.right - box.left) for box in (a, b)]
    return height * width / (sum(area) - height * width)


def test_lungs_are_found_in_nearly_every_slice_of_the_data_set(data: Path) -> None:
    files = [sample.path for sample in labelled_samples(data / "sars-cov-2-ct")[::EVERY]]
    assert framed_share(files) >= 0.995


def test_lungs_are_found_on_whole_fields_of_other_scanners(data: Path) -> None:
    files = [sample.path for sample in luna_samples(data / "extra-ct" / "luna", even=True)[::EVERY]]
    assert framed_share(files) >= 0.95  # the rest lie below the lungs


@pytest.mark.parametrize("kind", ["head-ct", "natural", "mr", "xray"])
def test_hardly_any_picture_without_lungs_is_framed(data: Path, kind: str) -> None:
    assert framed_share(sorted((data / "ood" / kind).glob("*.*"))) < 0.05


@pytest.mark.parametrize("name", ["Covid (38)", "Covid (44)", "Covid (281)", "Covid (213)", "Covid (1091)"])
def test_lungs_at_the_edge_of_a_tight_crop_are_framed_whole(data: Path, name: str) -> None:
    framing = frame_lungs(read_image(data / "sars-cov-2-ct" / "COVID" / f"{name}.png"))
    assert isinstance(framing, Framing)
    assert all((framing.lungs == side).mean() > 0.2 for side in (1, 2))


def test_a_dicom_slice_keeps_box_and_share_in_five_windows(data: Path) -> None:
    overlaps, differences = [], []
    for file in sorted((data / "dicom" / "series" / "lung-pet-ct-dx_A0002_B70f").iterdir())[5:25:5]:
        known = read_slice(file)
        framing = frame_lungs(known)
        assert isinstance(framing, Framing)
        for centre, width in WINDOWS:
            values = np.clip(np.round((known.values - (centre - width / 2)) * 255.0 / width), 0, 255)
            shown = Slice(values.astype(np.int16), Units.GREY, Source(file, FileKind.PNG))
            found = frame_lungs(shown)
            assert isinstance(found, Framing)
            overlaps.append(overlap(framing.box, found.box))
            a, b = measure_opacity(known, framing), measure_opacity(shown, found)
            assert a is not None
            assert b is not None
            differences.append(abs(a.share - b.share))
    assert min(overlaps) > 0.9
    assert np.median(differences) < 0.1
