"""The curves that TensorBoard shows, read back by TensorBoard's own reader."""

from __future__ import annotations

import builtins
import sys
from pathlib import Path
from typing import Any

import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator, TensorEvent
from tensorboard.util.tensor_util import make_ndarray

from covidviewer.errors import UnreadableFile
from training.fit.tensorboard import SERIES, Curves


def records(count: int) -> list[dict[str, float]]:
    return [{name: epoch + place / 8 for place, name in enumerate(SERIES)} for epoch in range(count)]


def drawn(folder: Path) -> dict[str, list[tuple[int, float]]]:
    def points(events: list[TensorEvent]) -> list[tuple[int, float]]:
        return [(event.step, float(make_ndarray(event.tensor_proto))) for event in events]

    reader = EventAccumulator(str(folder))
    reader.Reload()
    return {name: points(reader.Tensors(name)) for name in reader.Tags()["tensors"]}


def test_every_epoch_is_drawn_once_in_every_series_however_often_the_log_is_shown(tmp_path: Path) -> None:
    loaded_before = "tensorflow" in sys.modules
    with Curves(tmp_path) as curves:
        for known in (1, 2, 2, 4):
            curves.draw(records(known))
    wanted = {name: [(epoch + 1, epoch + place / 8) for epoch in range(4)] for place, name in enumerate(SERIES)}
    assert drawn(tmp_path) == wanted
    assert ("tensorflow" in sys.modules) == loaded_before


def test_without_the_package_one_sentence_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *more: Any) -> Any:
        if name.startswith("tensorboard"):
            raise ImportError(name)
        return real(name, *more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UnreadableFile, match="pip install tensorboard"):
        Curves(tmp_path)
