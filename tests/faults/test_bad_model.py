"""A damaged or missing model: one sentence, and nothing is scored."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from covidviewer.cli.console import DONE, FAILED
from covidviewer.cli.main import main
from covidviewer.phantom.files import write_phantom_png
from covidviewer.phantom.slices import phantom_slice
from tests.unit.inference.small_model import small_bundle


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_bundle(tmp_path_factory.mktemp("whole")).model_file.parent


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("picture") / "one.png"
    write_phantom_png(path, phantom_slice(2, size=128))
    return path


def flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)


def cut(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: min(1000, len(content) // 2)])


def as_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


SPOILT = [
    pytest.param(name, spoil, id=f"{name} {how}")
    for name in ("model.tflite", "model.npz", "training_slices.npz", "model_card.json")
    for how, spoil in (("flipped", flip), ("cut", cut), ("missing", Path.unlink), ("a folder", as_folder))
    if (name, how) != ("model_card.json", "missing")
]


@pytest.mark.parametrize(("name", "spoil"), SPOILT)
def test_a_spoilt_model_scores_nothing_and_says_so_once(
    name: str,
    spoil: Callable[[Path], None],
    whole: Path,
    picture: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    model = tmp_path / "model"
    shutil.copytree(whole, model)
    spoil(model / name)
    code = main(["classify", "--json", "--model", str(model), str(picture)])
    captured = capsys.readouterr()
    assert (code, captured.out) == (FAILED, "")
    assert captured.err.endswith(".\n")
    assert captured.err.count("\n") == 1
    assert "model" in captured.err.lower()


@pytest.mark.parametrize(("name", "said"), [("nowhere", "is not a folder"), ("empty", "does not contain a model")])
@pytest.mark.parametrize("form", [[], ["--json"]], ids=["lines", "json"])
def test_a_folder_that_is_no_models_is_said_once_and_nothing_is_looked_at(
    name: str, said: str, form: list[str], picture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    assert main(["classify", *form, "--model", str(tmp_path / name), str(picture)]) == FAILED
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", f"“{tmp_path / name}” {said}.\n")


def test_bench_of_a_missing_model_is_its_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--json", "--model", str(tmp_path)]) == FAILED
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1


def test_info_needs_no_model(picture: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info", str(picture)]) == DONE
    assert "PNG" in capsys.readouterr().out
