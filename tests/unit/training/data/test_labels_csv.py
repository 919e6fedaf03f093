"""Training on DICOM series with a CSV of labels: names, frames, patients, and what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from covidviewer.errors import UnreadableFile
from covidviewer.imaging.opening import read_slice
from covidviewer.phantom.files import write_phantom_png, write_phantom_series
from covidviewer.phantom.slices import phantom_slice
from training.data.folders import labelled_samples
from training.data.framed import as_grey, frame_all, read_sample
from training.data.grouped import grouped_split
from training.data.split import PARTS, random_split

PATIENTS = 10


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten patients with a series of three slices each, and a stray text file; one picture beside them."""
    place = tmp_path_factory.mktemp("hospital")
    lines = ["path,label,patient"]
    for number in range(PATIENTS):
        write_phantom_series(place / f"scan-{number}", seed=number, slices=3, size=128, lesions=4 * (number % 2))
        lines.append(f"scan-{number},{'COVID' if number % 2 else 'non-COVID'},P{number}")
    (place / "scan-0" / "notes.txt").write_text("not an image")
    write_phantom_png(place / "one.png", phantom_slice(99, size=128))
    lines.append("one.png,non-COVID,P99")
    (place / "labels.csv").write_text("\n".join(lines) + "\n")
    return place


def test_each_slice_of_each_named_series_is_a_sample(folder: Path) -> None:
    samples = labelled_samples(folder)
    assert len(samples) == len({sample.name for sample in samples}) == 3 * PATIENTS + 1
    assert {sample.label for sample in samples if sample.name.startswith("scan-3/")} == {0}
    assert samples[-1].name == "one.png"
    assert samples[-1].label == 1


def test_dicom_slices_are_framed_in_hounsfield_units(folder: Path) -> None:
    samples = labelled_samples(folder)[:6]
    np.testing.assert_array_equal(read_sample(samples[0]).values, read_slice(samples[0].path, samples[0].frame).values)
    grey = as_grey(read_sample(samples[0])).values
    hounsfield = read_slice(samples[0].path).values
    assert grey[hounsfield <= -1350].max(initial=0) == 0
    assert grey[hounsfield >= 150].min() == 255
    assert np.unique(grey[hounsfield == -600]).tolist() in ([127], [128], [])
    assert len(frame_all(samples)) == 6


def test_no_patient_stands_in_two_parts_or_folds(folder: Path) -> None:
    samples = labelled_samples(folder)
    patient = {sample.name: sample.patient for sample in samples}
    split = random_split(samples, seed=1)
    parts = [{patient[name] for name in getattr(split, part)} for part in PARTS]
    assert sum(len(part) for part in parts) == len(set.union(*parts)) == PATIENTS + 1
    assert sum(len(getattr(split, part)) for part in PARTS) == len(samples)
    grouped = grouped_split(samples, np.eye(len(samples), dtype=np.float32))
    folds = [{patient[name] for group in fold for name in group} for fold in grouped.folds]
    assert sum(len(fold) for fold in folds) == PATIENTS + 1
    assert grouped.left_out == ()


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("file,label\none.png,COVID\n", "needs a path"),
        ("path,label\none.png,ill\n", "COVID or non-COVID"),
        ("path,label\ngone.png,COVID\n", "not there"),
        ("path,label\nscan-0/notes.txt,COVID\n", "notes.txt"),
        ("path,label\none.png,COVID\none.png,COVID\n", "again"),
        ("path,label\none.png,COVID\n", "both classes"),
        ("", "both classes"),
    ],
)
def test_a_bad_list_is_refused_in_one_sentence(folder: Path, lines: str, words: str) -> None:
    kept = (folder / "labels.csv").read_bytes()
    (folder / "labels.csv").write_text(lines)
    try:
        with pytest.raises(UnreadableFile, match=words):
            labelled_samples(folder)
    finally:
        (folder / "labels.csv").write_bytes(kept)
