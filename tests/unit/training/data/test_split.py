"""The random split and the data folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from covidviewer.errors import UnreadableFile
from training.data.folders import labelled_samples, luna_samples
from training.data.samples import Sample
from training.data.split import Split, random_split, read_split, write_split

SPLITS = Path(__file__).parents[4] / "training" / "splits"


def made_up(covid: int, clear: int) -> list[Sample]:
    covids = [Sample(f"COVID/Covid ({number}).png", Path("x"), 0) for number in range(1, covid + 1)]
    return covids + [Sample(f"non-COVID/Non-Covid ({number}).png", Path("x"), 1) for number in range(1, clear + 1)]


def test_2481_slices_are_divided_as_in_the_paper() -> None:
    split = random_split(made_up(1252, 1229))
    assert (len(split.train), len(split.validation), len(split.test)) == (1984, 248, 249)


def test_each_part_holds_both_classes_in_the_share_of_the_whole() -> None:
    split = random_split(made_up(1252, 1229))
    for part in (split.train, split.validation, split.test):
        covid = sum(name.startswith("COVID/") for name in part)
        assert abs(covid / len(part) - 1252 / 2481) < 0.01


def test_the_committed_split_is_the_papers_and_is_what_the_seed_gives() -> None:
    committed = read_split(SPLITS / "random-80-10-10.json")
    assert (len(committed.train), len(committed.validation), len(committed.test)) == (1984, 248, 249)
    assert "non-COVID/Non-Covid (151).png" not in committed.train + committed.validation + committed.test
    samples = [one for one in made_up(1252, 1230) if one.name != "non-COVID/Non-Covid (151).png"]
    assert random_split(samples) == committed


def test_a_slice_in_two_parts_is_refused() -> None:
    with pytest.raises(ValueError, match="two parts"):
        Split(("a", "b"), ("c",), ("a",))


def test_a_split_is_read_as_it_was_written(tmp_path: Path) -> None:
    split = random_split(made_up(30, 20), seed=5)
    write_split(split, tmp_path / "split.json")
    assert read_split(tmp_path / "split.json") == split


def test_a_folder_with_other_names_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "positive").mkdir()
    with pytest.raises(UnreadableFile, match="needs the sub-folders COVID and non-COVID"):
        labelled_samples(tmp_path)


def test_pictures_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for place, stem in (("COVID", "Covid"), ("non-COVID", "Non-Covid")):
        (tmp_path / place).mkdir()
        for number in (10, 2, 1):
            (tmp_path / place / f"{stem} ({number}).png").touch()
    names = [sample.name for sample in labelled_samples(tmp_path)]
    assert names[:3] == ["COVID/Covid (1).png", "COVID/Covid (2).png", "COVID/Covid (10).png"]


def test_odd_scans_of_the_extra_source_are_never_training_slices(tmp_path: Path) -> None:
    for scan in range(20):
        (tmp_path / f"1234567{scan:06d}_7.png").touch()
    even = {sample.name for sample in luna_samples(tmp_path, even=True)}
    odd = {sample.name for sample in luna_samples(tmp_path, even=False)}
    assert len(even) == len(odd) == 10
    assert not even & odd
    assert all(int(name.split("_")[0][-1]) % 2 == 0 for name in even)
