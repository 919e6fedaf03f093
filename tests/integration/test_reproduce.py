"""`python -m training reproduce`, end to end, on phantoms; and a second time, when nothing is left to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.tiny_training import TINY_CONFIG, write_tiny_config, write_tiny_data, write_tiny_extra
from training.__main__ import main
from training.data.folders import labelled_samples
from training.data.grouped import GroupedSplit, write_grouped
from training.evaluation.baselines import METHODS

FOLDS = 2


def by_thorax(folder: Path) -> GroupedSplit:
    """Two folds of phantoms, each thorax (six neighbouring numbers) one group."""
    groups: dict[int, list[str]] = {}
    for sample in labelled_samples(folder):
        number = int(sample.path.stem.split("(")[1].rstrip(")"))
        groups.setdefault(number // 6, []).append(sample.name)
    ordered = [tuple(groups[key]) for key in sorted(groups)]
    return GroupedSplit(tuple(tuple(ordered[fold::FOLDS]) for fold in range(FOLDS)), (), {"threshold": 1.0, "gap": 0})


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_everything_is_made_in_order_and_not_made_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.evaluation.baselines.TREES", 5)
    monkeypatch.setattr("training.statistics.intervals.RESAMPLES", 50)
    data, extra = write_tiny_data(tmp_path / "data", each=24), write_tiny_extra(tmp_path / "extra", scans=2)
    config, folds, out = write_tiny_config(tmp_path), tmp_path / "folds.py", tmp_path / "out"
    folds.write_text("".join(line for line in TINY_CONFIG.splitlines(keepends=True) if "deeper" not in line))
    write_grouped(by_thorax(data), tmp_path / "grouped.json")
    words = ["reproduce", "--data", str(data), "--extra", str(extra), "--config", str(config), "--folds", str(folds)]
    words += ["--grouped-split", str(tmp_path / "grouped.json"), "--out", str(out), "--no-export"]
    assert main(words) == 0, capsys.readouterr().err
    metrics = json.loads((out / "model" / "metrics.json").read_text())
    assert set(metrics["columns"]) == {"random", "grouped"}
    assert metrics["columns"]["grouped"]["folds"] == FOLDS
    assert metrics["floors"]["methods"]["1-NN on thumbnails"]["grouped"]["n"] == 48
    assert json.loads((out / "report" / "metrics.json").read_text()) == metrics
    page = (out / "report" / "report.html").read_text()
    assert metrics["model"]["checkpoint_sha256"] in page
    assert set(metrics["grouped_against_floors"]) == set(METHODS)
    assert metrics["grouped_against_floors"]["1-NN on thumbnails"]["n"] == 48
    assert "ours minus the baseline" in page
    scores = (out / "report" / "grouped-scores.csv").read_text().splitlines()
    assert (scores[0], len(scores)) == ("name,label,group,fold,score", 49)

    capsys.readouterr()
    before = (out / "model" / "last.npz").stat().st_mtime_ns
    assert main(words) == 0
    said = capsys.readouterr().err
    assert said.count("done before") == 6
    assert (out / "model" / "last.npz").stat().st_mtime_ns == before
