"""The list of training slices as the export writes it: read by the program, and bound to the card."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from covidviewer.inference.bundle import load_bundle
from covidviewer.inference.card import CARD_FILE
from covidviewer.inference.training_parts import Part
from covidviewer.inference.training_slices import digest_of
from tests.unit.inference.small_model import small_bundle
from training.data.samples import CLEAR, Sample
from training.data.split import Split
from training.export.training_slices import write_training_slices


def test_the_program_knows_the_parts_of_the_written_list_by_the_hash_in_its_card(tmp_path: Path) -> None:
    small_bundle(tmp_path / "model")
    greys = [np.random.default_rng(seed).integers(0, 256, (60, 70), np.uint8) for seed in range(3)]
    samples = [Sample(f"{at}.png", tmp_path / f"{at}.png", CLEAR) for at in range(3)]
    for sample, grey in zip(samples, greys, strict=True):
        Image.fromarray(grey).save(sample.path)
    write_training_slices(samples, Split(("0.png",), ("1.png",), ("2.png",)), tmp_path / "model")
    known = load_bundle(tmp_path / "model").training_slices
    assert [known.part(digest_of(grey)) for grey in greys] == [Part.TRAINING, Part.VALIDATION, Part.TEST]


@pytest.mark.skipif(os.name != "posix", reason="only on systems with permission bits")
def test_the_files_of_a_model_can_be_read_by_whoever_installs_it(tmp_path: Path) -> None:
    """Unlike what the program writes about patients: an installer copies the bits."""
    small_bundle(tmp_path / "model")
    sample = Sample("0.png", tmp_path / "0.png", CLEAR)
    Image.fromarray(np.zeros((60, 70), np.uint8)).save(sample.path)
    before = os.umask(0o022)
    try:
        file = write_training_slices([sample], Split(("0.png",), (), ()), tmp_path / "model")
    finally:
        os.umask(before)
    for written in (file, tmp_path / "model" / CARD_FILE):
        assert written.stat().st_mode & 0o777 == 0o644
