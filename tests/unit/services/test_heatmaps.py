"""Heat maps as pictures: where the warm cell lies, and what is never replaced."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from covidviewer.errors import OutputUnwritable
from covidviewer.imaging.dicom.reader import read_slice
from covidviewer.imaging.lungs.box import Box
from covidviewer.inference.analyser import Analyser
from covidviewer.inference.results import Outcome, Result
from covidviewer.phantom.slices import phantom_slice
from covidviewer.services.heatmaps import (
    AGAINST,
    FOR,
    HeatMapFolder,
    blended,
    displayed_grey,
    heat_layer,
    heat_map_image,
    is_ours,
)
from tests.unit.imaging.dicom.made_dicom import ct, save
from tests.unit.services.fakes import FakeClassifier, fake_bundle, slice_of

CHEST = slice_of(phantom_slice(3, size=128))
SCORED = Analyser(FakeClassifier(), fake_bundle()).analyse(CHEST)


def with_map(cell: tuple[int, int], value: float, box: Box, lungs: NDArray[np.uint8]) -> Result:
    heat = np.zeros((7, 7), np.float32)
    heat[cell] = value
    assert SCORED.framing is not None
    return replace(SCORED, heat_map=heat, framing=replace(SCORED.framing, box=box, lungs=lungs))


def everywhere(rows: int, columns: int) -> NDArray[np.uint8]:
    return np.ones((rows, columns), np.uint8)


def test_the_warm_cell_lies_in_its_part_of_the_box() -> None:
    layer = heat_layer(with_map((1, 5), 2.0, Box(10, 20, 80, 90), everywhere(100, 110)), (100, 110))
    row, column = np.unravel_index(layer.argmax(), layer.shape)
    assert 10 + 10 <= row < 10 + 20
    assert 20 + 50 <= column < 20 + 60
    assert not layer[:10].any()
    assert not layer[:, 90:].any()


def test_a_box_beyond_the_picture_keeps_its_cells_where_they_belong() -> None:
    layer = heat_layer(with_map((3, 3), 1.0, Box(-35, -35, 35, 35), everywhere(60, 60)), (60, 60))
    row, column = np.unravel_index(layer.argmax(), layer.shape)
    assert max(int(row), int(column)) < 5
    assert heat_layer(with_map((3, 3), 1.0, Box(-90, -90, -20, -20), everywhere(60, 60)), (60, 60)).max() == 0


def test_the_map_ends_where_the_lungs_do() -> None:
    assert SCORED.framing is not None
    hot = replace(SCORED, heat_map=np.full((7, 7), -1.5, np.float32))
    wanted = -1.0 * (SCORED.framing.lungs > 0)
    np.testing.assert_allclose(heat_layer(hot, CHEST.values.shape), wanted, rtol=1e-5)


def test_what_speaks_for_is_orange_and_what_speaks_against_blue() -> None:
    grey = np.full((1, 3), 100, np.uint8)
    colours = blended(grey, np.array([[1.0, -1.0, 0.0]], np.float32)).astype(int)
    for at, colour in ((0, FOR), (1, AGAINST)):
        assert np.abs(colours[0, at] - colour).sum() < np.abs(np.array(colour) - 100).sum()
    assert colours[0, 2].tolist() == [100, 100, 100]


def test_padding_of_a_monochrome1_file_is_black_below_the_map(tmp_path: Path) -> None:
    dataset = ct(PhotometricInterpretation="MONOCHROME1", PixelPaddingValue=-500, RescaleIntercept=-1000)
    slice_ = read_slice(save(dataset, tmp_path / "a.dcm"))
    assert slice_.inverted
    assert slice_.padding is not None
    assert slice_.padding.any()
    grey = displayed_grey(slice_)
    assert grey[slice_.padding].tolist() == [0] * int(slice_.padding.sum())
    assert grey[slice_.values == slice_.values[~slice_.padding].min()].min() == 255


def test_the_picture_carries_the_notice_below_the_slice() -> None:
    picture = heat_map_image(CHEST, SCORED)
    strip = np.asarray(picture.crop((0, picture.height - 34, picture.width, picture.height)).convert("L"))
    assert strip.max() > 150


def test_a_written_map_says_that_it_is_ours_and_is_replaced_by_the_next_run(tmp_path: Path) -> None:
    first = HeatMapFolder(tmp_path / "maps").write(CHEST, SCORED, "a.png")
    second = HeatMapFolder(tmp_path / "maps").write(CHEST, SCORED, "a.png")
    assert first == second
    assert first is not None
    assert is_ours(first)
    with Image.open(first) as picture:
        assert "Not a medical device" in picture.info["Disclaimer"]


def test_a_foreign_file_of_that_name_is_kept(tmp_path: Path) -> None:
    foreign = tmp_path / "a.png.heat-map.png"
    Image.new("L", (4, 4)).save(foreign)
    kept = foreign.read_bytes()
    written = HeatMapFolder(tmp_path).write(CHEST, SCORED, "a.png")
    assert foreign.read_bytes() == kept
    assert written == tmp_path / "a.png-2.heat-map.png"


def test_two_slices_of_one_name_in_one_run_have_two_maps(tmp_path: Path) -> None:
    folder = HeatMapFolder(tmp_path)
    assert folder.write(CHEST, SCORED, "a.png") != folder.write(CHEST, SCORED, "A.png")


def test_a_slice_without_a_score_has_no_map(tmp_path: Path) -> None:
    assert HeatMapFolder(tmp_path).write(CHEST, Result(Outcome.FAILED, "No."), "a.png") is None
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_folders_place_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "maps").write_bytes(b"")
    with pytest.raises(OutputUnwritable, match=r"cannot be created: .+\.$"):
        HeatMapFolder(tmp_path / "maps")
