"""Configs: the paper's recipe to the letter, and nothing unknown taken for known."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from covidviewer.errors import UnreadableFile
from covidviewer.imaging.lungs.framing import INPUT_SIZE
from training.batches.augment import NONE
from training.batches.batches import even_batch
from training.network.config import RESNET101, applied_size, config_as_json, config_from, load_config

REPORTS = Path(__file__).parents[4] / "training" / "reports"


def test_the_papers_recipe_is_the_papers() -> None:
    paper = load_config("paper")
    assert paper.optimizer == "adamax"
    assert (paper.label_smoothing, paper.weight_decay, paper.clip_norm, paper.average) == (0, 0, None, 0)
    assert (paper.framed, paper.drawn, paper.head_scale) == (False, 0, 1)
    assert paper.augmentation.flip
    assert {**vars(paper.augmentation), "flip": False} == vars(NONE)
    assert [(phase.size, phase.batch, phase.extra, phase.blocks) for phase in paper.phases] == [
        (224, 16, 0, RESNET101)
    ] * 3
    assert [(phase.trained_from, phase.with_validation) for phase in paper.phases] == [
        ("probabilities", False),
        ("", False),
        ("", True),
    ]


def test_the_papers_batches_divide_its_sets() -> None:
    assert (even_batch(248), even_batch(249)) == (62, 3)
    assert all(length % even_batch(length) == 0 for length in range(1, 500))


@pytest.mark.parametrize("name", ["paper", "paper_ct", "bundled"])
def test_a_config_comes_back_from_json_as_it_was(name: str) -> None:
    config = load_config(name)
    assert config_from(json.loads(json.dumps(config_as_json(config)))) == config


@pytest.mark.parametrize("name", ["paper", "paper_ct", "bundled"])
def test_phases_of_a_config_have_names_of_their_own(name: str) -> None:
    names = [phase.name for phase in load_config(name).phases]
    assert len(set(names)) == len(names)


def test_a_framed_network_is_applied_at_the_size_of_the_program_whatever_it_was_trained_at() -> None:
    framed, whole = load_config("bundled"), load_config("paper")
    for size in (160, 192):
        assert applied_size(replace(framed, phases=(replace(framed.phases[0], size=size),))) == INPUT_SIZE
        assert applied_size(replace(whole, phases=(replace(whole.phases[0], size=size),))) == size


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ({"name": "x", "phases": [], "learning_rat": 1}, "learning_rat"),
        ({"name": "x", "phases": [{"name": "a", "size": 32, "epochs": 1, "peak_rate": 1, "bacth": 4}]}, "bacth"),
        ({"name": "x", "phases": [], "augmentation": {"rotaton": 3}}, "rotaton"),
    ],
)
def test_an_unknown_key_is_refused_by_name(content: dict[str, object], named: str, tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    file.write_text(json.dumps(content))
    with pytest.raises(UnreadableFile, match=f'unknown key "{named}"'):
        load_config(str(file))


@pytest.mark.parametrize(
    ("phase", "named"),
    [
        ({"name": "a"}, "size"),
        ({"name": "a", "size": 32, "epochs": 1, "peak_rate": 1, "batch": 0, "extra": 0}, "no slices"),
        (
            {"name": "a", "size": 32, "epochs": 1, "peak_rate": 1, "trained_from": "conv5", "kept": 1},
            "one with opacities too",
        ),
        ("full", "Phase values by name, not str"),
    ],
)
def test_a_phase_that_cannot_be_is_refused_in_a_sentence(phase: object, named: str, tmp_path: Path) -> None:
    (tmp_path / "own.json").write_text(json.dumps({"name": "x", "phases": [phase]}))
    with pytest.raises(UnreadableFile, match=named):
        load_config(str(tmp_path / "own.json"))


@pytest.mark.parametrize("text", ["", "{", "[1]", "CONFIG = 3"])
def test_a_file_that_is_no_config_is_refused(text: str, tmp_path: Path) -> None:
    for ending in ("json", "py"):
        file = tmp_path / f"own.{ending}"
        file.write_text(text)
        with pytest.raises(UnreadableFile):
            load_config(str(file))


@pytest.mark.parametrize("record", sorted(REPORTS.glob("*/config.json")), ids=lambda record: record.parent.name)
def test_the_record_of_every_reported_run_can_be_read(record: Path) -> None:
    assert load_config(str(record)).phases


def test_a_missing_config_is_named() -> None:
    with pytest.raises(UnreadableFile, match=r"nowhere\.json"):
        load_config("nowhere.json")
