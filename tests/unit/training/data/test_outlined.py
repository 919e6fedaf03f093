"""Outlined slices: whose lesions count, which slices are left out, and that only patients for training are read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from covidviewer.errors import UnreadableFile
from covidviewer.imaging.lungs.framing import Unframed, frame_lungs
from covidviewer.imaging.slices import FileKind, Slice, Source, Units
from covidviewer.phantom.slices import phantom_slice
from training.data.framed import read_image
from training.data.outlined import framing_of, framing_of_lungs, outlined_canvases, outlined_slices
from training.data.samples import CLEAR, COVID

ROWS = (
    ("p1", "ill.png", "train", "lesions"),
    ("p1", "clear.png", "train", "lesions"),
    ("p2", "trace.png", "train", "lesions"),
    ("p3", "held-out.png", "test", "lesions"),
    ("p4", "lungs-only.png", "train", "lungs"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five slices of a set, each with a patch, nothing or one pixel outlined as lesion."""
    for kind in ("images", "lesions", "lungs"):
        (tmp_path / "set" / kind).mkdir(parents=True)
    for seed, (_, file, _, _) in enumerate(ROWS):
        values = phantom_slice(seed, 0.45, 0, 256).values
        grey = np.clip((values + 1350) * (255 / 1500), 0, 255).astype(np.uint8)
        Image.fromarray(grey).save(tmp_path / "set" / "images" / file)
        framing = frame_lungs(read_image(tmp_path / "set" / "images" / file))
        assert not isinstance(framing, Unframed)
        rows, columns = np.nonzero(framing.lungs == 1)
        lesion = np.zeros((256, 256), np.uint8)
        reach = {"ill.png": 12, "trace.png": 1}.get(file, 0)
        y, x = int(np.median(rows)), int(np.median(columns))
        lesion[y : y + reach, x : x + reach] = 255
        Image.fromarray(lesion).save(tmp_path / "set" / "lesions" / file)
    lines = ["set,patient,file,split,masks", *(f"set,{row[0]},{row[1]},{row[2]},{row[3]}" for row in ROWS)]
    (tmp_path / "index.csv").write_text("\n".join(lines))
    return tmp_path


def test_slices_of_the_training_part_are_labelled_by_their_lesions_and_traces_are_left_out(folder: Path) -> None:
    (folder / "set" / "images" / "held-out.png").unlink()  # never opened
    found = outlined_canvases(folder)
    assert dict(zip(found.names, found.labels.tolist(), strict=True)) == {"set/p1/ill": COVID, "set/p1/clear": CLEAR}
    assert found.lesion is not None
    assert [bool(one.any()) for one in found.lesion] == [True, False]
    assert found.hull[0][found.lesion[0] > 200].min() > 127  # the lesion lies in the lungs of the canvas too


def test_only_rows_with_outlined_lesions_are_listed(folder: Path) -> None:
    assert [one.file.name for one in outlined_slices(folder)] == ["ill.png", "clear.png", "trace.png"]
    assert [one.file.name for one in outlined_slices(folder, "test")] == ["held-out.png"]


@pytest.mark.parametrize("kind", ["lesions", "lungs"])
def test_a_mask_of_another_size_than_its_image_is_named_with_both_sizes(folder: Path, kind: str) -> None:
    index = folder / "index.csv"
    index.write_text(index.read_text().replace("ill.png,train,lesions", "ill.png,train,lesions lungs"))
    for one, size in (("lesions", 256), ("lungs", 256), (kind, 128)):
        Image.fromarray(np.zeros((size, 256), np.uint8)).save(folder / "set" / one / "ill.png")
    with pytest.raises(UnreadableFile, match=rf"{kind}.ill\.png has 128 x 256 pixels, its image 256 x 256\.$"):
        outlined_canvases(folder)


def test_lungs_outlined_as_specks_alone_frame_nothing() -> None:
    values = phantom_slice(1, 0.45, 0, 256).values
    grey = np.clip((values + 1350) * (255 / 1500), 0, 255).astype(np.int16)
    specks = np.zeros((256, 256), bool)
    specks[::6, ::6] = True
    slice_ = Slice(grey, Units.GREY, Source(Path("specks.png"), FileKind.PNG))
    assert framing_of_lungs(slice_, specks) is None
    assert framing_of_lungs(slice_, np.zeros((256, 256), bool)) is None
    assert framing_of(slice_, specks) is None


def test_a_folder_without_an_index_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"has no readable index\.csv of outlined slices\.$"):
        outlined_canvases(tmp_path)
