"""The command line of training: what it refuses, in which words, and what it reads."""

from __future__ import annotations

import errno
import re
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from covidviewer.files import unwritable
from covidviewer.imaging.slices import Slice
from tests.tiny_training import TINY_CONFIG, write_tiny_config, write_tiny_data, write_tiny_extra
from training import __main__ as command_line
from training.commands.reproduce import steps
from training.data.folders import labelled_samples
from training.data.samples import Sample
from training.data.split import random_split, read_split, write_split
from training.network.checkpoint import Checkpoint, save_checkpoint
from training.network.config import load_config
from training.network.run import begin


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """data/, extra/, tiny.py and split.json."""
    root = tmp_path_factory.mktemp("tiny")
    write_tiny_data(root / "data", each=10)
    write_tiny_extra(root / "extra", scans=4)
    write_tiny_config(root)
    write_split(random_split(labelled_samples(root / "data")), root / "split.json")
    return root


def train_words(folder: Path, out: Path, **changed: str) -> list[str]:
    words = {"data": "data", "extra": "extra", "config": "tiny.py", "split": "split.json"} | changed
    return [
        "train",
        *(part for name, value in words.items() for part in (f"--{name}", str(folder / value))),
        "--out",
        str(out),
    ]


def test_every_command_of_the_table_can_be_asked_for_help(capsys: pytest.CaptureFixture[str]) -> None:
    for name, purpose in command_line.COMMANDS:
        with pytest.raises(SystemExit) as left:
            command_line.main([name, "--help"])
        assert left.value.code == 0
        assert "usage: python -m training" in capsys.readouterr().out
        assert purpose


def test_a_folder_with_other_names_is_one_sentence(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ill").mkdir()
    assert (
        command_line.main(["split", "--data", str(tmp_path), "--protocol", "random", "--out", str(tmp_path / "s")]) == 1
    )
    said = capsys.readouterr().err
    assert "needs the sub-folders COVID and non-COVID" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("ours", [False, True])
def test_a_full_disk_is_one_sentence_that_says_how_to_go_on(
    ours: bool, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        error = OSError(errno.ENOSPC, "No space left on device", "last.npz")
        if ours:
            raise unwritable(Path("last.npz"), error) from error
        raise error

    monkeypatch.setattr("training.commands.split.run", full)
    assert command_line.main(["split", "--data", "x", "--protocol", "random", "--out", "y"]) == 1
    said = capsys.readouterr().err
    assert "disk is full (last.npz)" in said
    assert "go on with --resume" in said


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("CUDA out of memory. Tried to allocate")])
def test_memory_that_runs_out_is_one_sentence(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def greedy(*_: object) -> None:
        raise error

    monkeypatch.setattr("training.commands.split.run", greedy)
    assert command_line.main(["split", "--data", "x", "--protocol", "random", "--out", "y"]) == 1
    assert "Memory ran out" in capsys.readouterr().err


def test_a_fault_of_the_program_is_not_dressed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("shapes do not match")

    monkeypatch.setattr("training.commands.split.run", broken)
    with pytest.raises(RuntimeError, match="shapes"):
        command_line.main(["split", "--data", "x", "--protocol", "random", "--out", "y"])


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """training.fit.session with a loop that trains nothing."""
    from training.fit import session

    monkeypatch.setattr(session, "train", lambda *_, **__: None)
    monkeypatch.setattr("training.commands.train.choose_backend", lambda: "tensorflow")
    monkeypatch.setattr("training.commands.train.configure", lambda _: ())
    return session


def test_training_opens_no_test_slice_and_no_odd_scan(
    folder: Path, tmp_path: Path, session: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    from training.data import framed

    opened: list[Path] = []
    read = framed.read_sample

    def watched(sample: Sample) -> Slice:
        opened.append(sample.path)
        return read(sample)

    monkeypatch.setattr(framed, "read_sample", watched)
    assert (
        command_line.main([*train_words(folder, tmp_path / "run"), "--no-estimate", "--cache", str(tmp_path / "c")])
        == 0
    )
    split = random_split(labelled_samples(folder / "data"))
    names = {path.relative_to(folder).as_posix() for path in opened}
    assert names == {f"data/{name}" for name in split.train + split.validation} | {
        f"extra/{9_000_000 + scan}_{level}.png" for scan in (0, 2) for level in (40, 50)
    }
    assert not any(f"data/{name}" in names for name in split.test)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"config": "nowhere.py"}, "There is no config file"),
        ({"split": "tiny.py"}, "not a split into train, validation and test"),
        ({"extra": "data"}, "with an even number were found"),
    ],
)
def test_what_training_cannot_use_is_named(
    changed: dict[str, str],
    words: str,
    folder: Path,
    tmp_path: Path,
    session: ModuleType,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert command_line.main([*train_words(folder, tmp_path / "run", **changed), "--no-estimate"]) == 1
    assert words in capsys.readouterr().err


def test_a_phase_of_the_extra_source_alone_wants_one(
    folder: Path, tmp_path: Path, session: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = tmp_path / "alone.py"
    alone.write_text(TINY_CONFIG.replace("batch=8", "batch=0"))
    words = train_words(folder, tmp_path / "run")
    words[words.index("--config") + 1] = str(alone)
    at = words.index("--extra")
    assert command_line.main([*words[:at], *words[at + 2 :], "--no-estimate"]) == 1
    assert "“shallow” trains on the extra source alone" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("config", "weights", "words"),
    [
        ("paper", "none", r"freezing layers.*--weights imagenet or FILE.*--weights ct"),
        ("paper_ct", "none", r"--weights imagenet or FILE.*--weights ct"),
        ("bundled", "none", r"--weights ct"),
        ("paper", "ct", r"of the form v1\.5, and “paper” trains another network \(--config paper_ct"),
        ("paper_ct", "imagenet", r"of the form v1, and “paper_ct” trains the form v1\.5"),
    ],
)
def test_weights_that_a_config_cannot_begin_with_are_refused_in_a_sentence(
    config: str,
    weights: str,
    words: str,
    folder: Path,
    tmp_path: Path,
    session: ModuleType,
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = [*train_words(folder, tmp_path / "run"), "--no-estimate", "--weights", weights]
    said[said.index("--config") + 1] = config
    assert command_line.main(said) == 1
    err = capsys.readouterr().err
    assert re.search(words, err)
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "commands"),
    [
        (["--config", "paper"], ["split", "split", "floors", "train", "evaluate", "report"]),
        (
            ["--config", "bundled", "--folds", "none", "--no-export"],
            ["split", "split", "floors", "train", "evaluate", "report"],
        ),
        (
            ["--config", "bundled", "--weights", "ct"],
            ["split", "split", "floors", "train", "train", "evaluate", "export", "evaluate", "report"],
        ),
    ],
)
def test_reproducing_plans_what_a_config_can_have(words: list[str], commands: list[str]) -> None:
    told = command_line.parser().parse_args(["reproduce", "--data", "d", "--out", "o", *words])
    plan = [line for line, _ in steps(told)]
    assert [line[0] for line in plan] == commands
    assert ("--model" in plan[-2]) == ("export" in commands)


def test_reproducing_the_bundled_model_trains_the_folds_alike() -> None:
    words = ["reproduce", "--data", "d", "--out", "o", "--config", "bundled", "--weights", "ct"]
    trainings = [line for line, _ in steps(command_line.parser().parse_args(words)) if line[0] == "train"]
    told = [(line[line.index("--config") + 1], line[line.index("--weights") + 1]) for line in trainings]
    assert told == [("bundled", "ct"), ("bundled", "ct")]


def test_a_broken_picture_is_named(tmp_path: Path, session: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    write_tiny_data(tmp_path / "data", each=10)
    write_tiny_extra(tmp_path / "extra", scans=2)
    write_tiny_config(tmp_path)
    split = random_split(labelled_samples(tmp_path / "data"))
    write_split(split, tmp_path / "split.json")
    broken = tmp_path / "data" / split.train[3]
    broken.write_bytes(broken.read_bytes()[:100])
    assert command_line.main([*train_words(tmp_path, tmp_path / "run"), "--no-estimate"]) == 1
    assert f"{broken} is damaged" in capsys.readouterr().err


def test_a_run_is_never_written_over(
    folder: Path, tmp_path: Path, session: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "last.npz").write_bytes(b"a checkpoint")
    assert command_line.main([*train_words(folder, tmp_path), "--no-estimate"]) == 1
    assert "holds a run already" in capsys.readouterr().err
    assert (tmp_path / "last.npz").read_bytes() == b"a checkpoint"


def test_an_output_that_cannot_be_written_is_one_sentence(
    folder: Path, tmp_path: Path, session: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    assert command_line.main([*train_words(folder, tmp_path / "file" / "run"), "--no-estimate"]) == 1
    said = capsys.readouterr().err
    assert "cannot be created" in said
    assert said.count("\n") == 1


def test_resuming_with_another_config_is_refused(
    folder: Path, tmp_path: Path, session: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [*train_words(folder, tmp_path / "run"), "--no-estimate", "--cache", str(tmp_path / "cache")]
    assert command_line.main(words) == 0
    other = tmp_path / "other.py"
    other.write_text((folder / "tiny.py").read_text().replace("epochs=2", "epochs=3"))
    changed = [str(other) if word.endswith("tiny.py") else word for word in words]
    assert command_line.main([*changed, "--resume"]) == 1
    assert "another config or split" in capsys.readouterr().err


def test_the_facts_of_a_run_say_what_it_was_made_from(folder: Path, tmp_path: Path, session: ModuleType) -> None:
    from training.network.run import open_run

    words = [*train_words(folder, tmp_path / "run"), "--no-estimate", "--cache", str(tmp_path / "cache")]
    assert command_line.main(words) == 0
    opened = open_run(tmp_path / "run")
    assert opened.config == load_config(str(folder / "tiny.py"))
    assert opened.facts["used"] == {"training": 16, "validation": 2, "extra": 4, "outlined": 0}
    assert len(opened.facts["files_sha256"]) == 64
    assert len(opened.facts["sessions"]) == 1


def test_a_seed_stands_in_place_of_the_configs_and_another_run_cannot_go_on_with_it(
    folder: Path, tmp_path: Path, session: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    from training.network.run import open_run

    words = [*train_words(folder, tmp_path / "run"), "--no-estimate", "--cache", str(tmp_path / "cache")]
    assert command_line.main([*words, "--seed", "7"]) == 0
    assert open_run(tmp_path / "run").config == replace(load_config(str(folder / "tiny.py")), seed=7)
    assert command_line.main([*words, "--resume"]) == 1
    assert "another config or split" in capsys.readouterr().err


def test_training_goes_on_from_another_runs_checkpoint(
    folder: Path, tmp_path: Path, session: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[object] = []

    def seen(*arguments: object) -> Path:
        started.append(arguments[5])
        return tmp_path

    session.train = seen  # type: ignore[attr-defined]
    before = tmp_path / "before"
    begin(before, load_config(str(folder / "tiny.py")), read_split(folder / "split.json"), {})
    average = {"conv1_conv/bias": np.arange(64, dtype=np.float32)}
    save_checkpoint(Checkpoint(0, 2, {}, average, (), {}), before / "last.npz")
    words = ["--no-estimate", "--cache", str(tmp_path / "cache"), "--weights", str(before / "last.npz")]
    assert command_line.main([*train_words(folder, tmp_path / "run"), *words]) == 0
    (weights,) = started
    assert isinstance(weights, dict)
    assert weights["conv1_conv/bias"].tolist() == list(range(64))
    (before / "last.npz").write_bytes(b"PK cut off")
    assert command_line.main([*train_words(folder, tmp_path / "other"), *words]) == 1
    assert "last.npz is damaged" in capsys.readouterr().err
    whole_pictures = replace(load_config(str(folder / "tiny.py")), framed=False)
    begin(before, whole_pictures, read_split(folder / "split.json"), {})
    assert command_line.main([*train_words(folder, tmp_path / "third"), *words]) == 1
    assert "wants whole pictures" in capsys.readouterr().err
