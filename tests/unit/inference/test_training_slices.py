"""Slices that a model was made from are known by their grey values, and by nothing else."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from covidviewer.errors import BrokenModel
from covidviewer.imaging.opening import read_slice
from covidviewer.imaging.slices import FileKind, Slice, Source, Units
from covidviewer.inference.analyser import Analyser
from covidviewer.inference.card import CARD_FILE, read_card
from covidviewer.inference.training_parts import Part
from covidviewer.inference.training_slices import (
    MOST_PIXELS,
    TrainingSlices,
    digest_of,
    grey_digest,
    read_training_slices,
)
from covidviewer.paths import resource_folder
from covidviewer.phantom.files import LUNG_WINDOW, windowed
from covidviewer.phantom.slices import phantom_slice
from tests.unit.services.fakes import FakeClassifier, fake_bundle

GREY = windowed(phantom_slice(3, size=128).values, LUNG_WINDOW)


def picture(grey: np.ndarray) -> Slice:
    return Slice(grey.astype(np.int16), Units.GREY, Source(Path("picture.png"), FileKind.PNG))


def known(*pictures: tuple[np.ndarray, int]) -> TrainingSlices:
    rows = sorted((digest_of(grey), part) for grey, part in pictures)
    return TrainingSlices(np.array([row[0] for row in rows], np.uint64), np.array([row[1] for row in rows], np.uint8))


def test_the_digest_is_the_beginning_of_the_sha256_of_the_grey_values_row_by_row() -> None:
    wanted = hashlib.sha256(bytes(GREY.ravel().tolist())).hexdigest()[:16]
    assert grey_digest(picture(GREY)) == int(wanted, 16)
    assert grey_digest(picture(GREY.T.copy())) != int(wanted, 16)


def test_a_known_slice_is_told_with_its_part_and_a_changed_pixel_makes_it_new() -> None:
    slices = known((GREY, 0), (GREY[::-1], 1), (GREY[:, ::-1], 2))
    assert slices.part_of(picture(GREY)) is Part.TRAINING
    assert slices.part_of(picture(GREY[::-1])) is Part.VALIDATION
    assert slices.part_of(picture(GREY[:, ::-1])) is Part.TEST
    other = GREY.copy()
    other[0, 0] ^= 1
    assert slices.part_of(picture(other)) is None
    assert TrainingSlices().part_of(picture(GREY)) is None


def test_hounsfield_units_wide_greys_and_large_pictures_are_not_hashed() -> None:
    assert grey_digest(replace(picture(GREY), units=Units.HU)) is None
    assert grey_digest(picture(GREY.astype(np.int16) * 2)) is None
    assert grey_digest(picture(GREY.astype(np.int16) - 200)) is None
    assert grey_digest(Slice(GREY.astype(np.float32), Units.GREY, picture(GREY).source)) is None
    assert grey_digest(picture(np.zeros((1, MOST_PIXELS + 1), np.uint8))) is None


def test_a_result_says_what_its_slice_served_for() -> None:
    bundle = replace(fake_bundle(), training_slices=known((GREY, 0)))
    results = list(Analyser(FakeClassifier(), bundle).analyse_many([picture(GREY), picture(GREY[:, ::-1])]))
    assert [result.training_set for result in results] == [Part.TRAINING, None]


def test_a_training_slice_that_is_rejected_is_not_told_to_differ_from_itself() -> None:
    classifier = FakeClassifier()
    classifier.feature = 400.0
    bundle = replace(fake_bundle(), training_slices=known((GREY, 0)))
    trained, new = Analyser(classifier, bundle).analyse_many([picture(GREY), picture(GREY[:, ::-1])])
    assert trained.reason == "The slice is an outlier among the training slices and is not scored."
    assert new.reason == "The slice differs too much from the training data."


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA"])
def test_a_grey_picture_is_known_in_whatever_colour_mode_it_is_stored(mode: str, tmp_path: Path) -> None:
    file = tmp_path / "picture.png"
    Image.fromarray(GREY).convert(mode).save(file)
    assert grey_digest(read_slice(file)) == digest_of(GREY)


@pytest.mark.parametrize("parts", [[0, 1, 3], [0, 1], [[0, 1, 2]]])
def test_a_list_that_cannot_be_right_is_refused(parts: list[int]) -> None:
    packed = io.BytesIO()
    np.savez(packed, digests=np.array([1, 2, 3], np.uint64), parts=np.array(parts, np.uint8))
    with pytest.raises(BrokenModel):
        read_training_slices(packed.getvalue())


@pytest.mark.parametrize("kept", [0, 100, 15_000])
def test_a_damaged_list_is_refused(kept: int) -> None:
    whole = (resource_folder("models") / "training_slices.npz").read_bytes()
    assert len(whole) > kept
    with pytest.raises(BrokenModel, match="list of training slices"):
        read_training_slices(whole[:kept] or b"no archive")


def test_the_shipped_list_holds_each_slice_of_the_committed_split_once() -> None:
    """2,481 names, of which two pairs are equal to the byte."""
    content = (resource_folder("models") / "training_slices.npz").read_bytes()
    card = read_card(resource_folder("models") / CARD_FILE)
    assert card.training_slices_sha256 == hashlib.sha256(content).hexdigest()
    slices = read_training_slices(content)
    split = json.loads(Path("training/splits/random-80-10-10.json").read_text(encoding="utf-8"))
    assert slices.digests.size == 2479
    counts = np.bincount(slices.parts, minlength=3).tolist()
    assert counts[2] in (len(split["test"]), len(split["test"]) - 1)
    assert sum(counts) == 2479
