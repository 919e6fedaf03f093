"""The probe's opacity: as large as it is said to be, in the lungs, denser there and nowhere else."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from covidviewer.imaging.lungs.framing import Framing, calibrate, frame_lungs
from covidviewer.imaging.slices import Slice, Units
from covidviewer.phantom.files import LUNG_WINDOW, windowed
from covidviewer.phantom.slices import phantom_slice
from tests.unit.services.fakes import slice_of
from training.evaluation.probe_opacities import AERATED, DENSEST_HU, SHARE, Painted, paint_opacity

PHANTOM = phantom_slice(3, size=256)
IN_HU = slice_of(PHANTOM)
PICTURE = replace(IN_HU, values=windowed(PHANTOM.values, LUNG_WINDOW).astype(np.int16), units=Units.GREY, modality="")


def painted(slice_: Slice, seed: int = 1) -> tuple[Painted, Framing]:
    framing = frame_lungs(slice_)
    assert isinstance(framing, Framing)
    made = paint_opacity(slice_, framing, np.random.default_rng(seed))
    assert made is not None
    return made, framing


@pytest.mark.parametrize("slice_", [IN_HU, PICTURE], ids=["HU", "grey"])
def test_it_takes_its_share_of_the_aerated_lungs_in_one_lung(slice_: Slice) -> None:
    made, framing = painted(slice_)
    aerated = (framing.lungs > 0) & (calibrate(slice_.values.astype(np.float32), framing) < AERATED)
    assert made.mask.sum() == round(SHARE * aerated.sum())
    assert len(np.unique(framing.lungs[made.mask])) == 1
    assert (framing.lungs[made.mask] > 0).all()


@pytest.mark.parametrize("slice_", [IN_HU, PICTURE], ids=["HU", "grey"])
def test_it_gets_denser_inside_and_nothing_changes_outside(slice_: Slice) -> None:
    made, framing = painted(slice_)
    added = made.slice.values.astype(float) - slice_.values
    assert (added[~made.mask] == 0).all()
    assert (added[made.mask] >= 0).all()
    hounsfield = added * (930 / (framing.tissue - framing.air))
    assert 200 < np.median(hounsfield[made.mask]) < 500
    assert made.slice.values.dtype == slice_.values.dtype


def test_nothing_is_painted_denser_than_ground_glass() -> None:
    made, _ = painted(IN_HU)
    changed = made.slice.values != IN_HU.values
    assert made.slice.values[changed].max() <= DENSEST_HU


def test_the_same_seed_paints_the_same_and_another_elsewhere() -> None:
    first, again, other = (painted(IN_HU, seed)[0] for seed in (1, 1, 2))
    assert np.array_equal(first.slice.values, again.slice.values)
    assert not np.array_equal(first.mask, other.mask)


def test_lungs_without_air_have_no_room() -> None:
    framing = frame_lungs(IN_HU)
    assert isinstance(framing, Framing)
    dense = replace(IN_HU, values=np.full_like(IN_HU.values, 40))
    assert paint_opacity(dense, framing, np.random.default_rng(1)) is None


def test_training_does_not_know_how_the_probe_paints() -> None:
    for folder in ("batches", "data", "fit", "network"):
        for file in (Path("training") / folder).glob("*.py"):
            named = {
                node.module for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)
            }
            assert "training.evaluation.probe_opacities" not in named, file
