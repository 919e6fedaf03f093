"""Canvases: what is kept of a framed picture, what is told of a refused one, and that the cache changes nothing."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from covidviewer.imaging.lungs.box import Box
from covidviewer.imaging.lungs.framing import CALIBRATED_RANGE
from covidviewer.phantom.slices import phantom_slice
from training.data.folders import luna_samples
from training.data.framed import CANVAS_SIZE, frame_all, framed_canvases, grown, read_image, shrunk
from training.data.samples import Sample


@cache
def grey(seed: int) -> bytes:
    """A phantom in a lung window, 256 x 256 8-bit grey."""
    values = phantom_slice(seed, 0.45, 1, 256).values
    return bytes(np.clip((values + 1350) * (255 / 1500), 0, 255).astype(np.uint8).tobytes())


@pytest.fixture
def samples(tmp_path: Path) -> tuple[Sample, ...]:
    """Two chests of each class and a picture without lungs."""
    made = []
    for seed, label in enumerate((0, 1, None)):
        path = tmp_path / f"{seed}.png"
        Image.frombytes("L", (256, 256), grey(seed)).save(path)
        made.append(Sample(path.name, path, label))
    empty = tmp_path / "empty.png"
    Image.new("L", (256, 256), 90).save(empty)
    return (*made, Sample(empty.name, empty, 1))


def test_framed_pictures_become_canvases_and_refused_ones_reasons(samples: tuple[Sample, ...]) -> None:
    canvases = frame_all(samples)
    assert canvases.names == ("0.png", "1.png", "2.png")
    assert canvases.labels.tolist() == [0, 1, -1]
    assert canvases.density.shape == canvases.hull.shape == (3, CANVAS_SIZE, CANVAS_SIZE)
    assert [name for name, _ in canvases.unframed] == ["empty.png"]
    assert canvases.unframed[0][1].endswith(".")


def test_the_lungs_lie_in_the_middle_of_a_canvas(samples: tuple[Sample, ...]) -> None:
    canvases = frame_all(samples[:1])
    low, high = CALIBRATED_RANGE
    density = canvases.density[0] / 255 * (high - low) + low
    hull = canvases.hull[0] > 127
    assert np.median(density[hull]) < 0.3
    margin = CANVAS_SIZE // 10
    assert not hull[:margin].any()
    assert not hull[:, :margin].any()


def test_the_cache_gives_what_was_framed(samples: tuple[Sample, ...], tmp_path: Path) -> None:
    first, second = (framed_canvases(samples, tmp_path / "cache") for _ in range(2))
    for name in ("names", "unframed"):
        assert getattr(first, name) == getattr(second, name)
    for name in ("labels", "density", "hull"):
        assert np.array_equal(getattr(first, name), getattr(second, name))
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_colour_is_never_read(tmp_path: Path) -> None:
    rgb = np.zeros((60, 60, 4), np.uint8)
    rgb[..., :3], rgb[..., 3] = 77, 10
    Image.fromarray(rgb).save(tmp_path / "rgba.png")
    assert np.unique(read_image(tmp_path / "rgba.png").values).tolist() == [77]


def test_shrunk_canvases_keep_names_and_mean(samples: tuple[Sample, ...]) -> None:
    canvases = frame_all(samples[:2])
    small = shrunk(canvases, 112)
    assert small.names == canvases.names
    assert small.density.shape == (2, 160, 160)
    assert small.density.mean() == pytest.approx(canvases.density.mean(), abs=1)


def test_a_grown_box_keeps_its_centre() -> None:
    assert grown(Box(10, 20, 30, 60), 2.0) == Box(0, 0, 40, 80)


def test_no_odd_luna_scan_is_listed_for_training(tmp_path: Path) -> None:
    for name in ("100530488926682752765845212286_0", "100621383016233746780170740405_4", "999000001_7", "999000010_8"):
        (tmp_path / f"{name}.png").touch()
    even, odd = (luna_samples(tmp_path, even=wanted) for wanted in (True, False))
    assert {sample.name.split("_")[0][-3:] for sample in even} == {"286", "010"}
    assert {sample.name.split("_")[0][-3:] for sample in odd} == {"405", "001"}
    assert all(sample.label is None for sample in even + odd)
