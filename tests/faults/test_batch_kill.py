"""Kill -9 at random moments, with the bundled model: every file is there once, with the values of a quiet run."""

from __future__ import annotations

import csv
import random
import subprocess
import sys
from pathlib import Path

import pytest

from covidviewer.phantom.files import write_phantom_png
from covidviewer.phantom.slices import phantom_slice

KILLS, KILLS_OF_THE_LONG_FORM = 3, 10
FILES = 120


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_kills_at_random_moments_leave_every_file_exactly_once(tmp_path: Path, long_form: bool) -> None:
    folder = tmp_path / "scans"
    folder.mkdir()
    for kind in range(6):
        write_phantom_png(folder / f"kind-{kind}.png", phantom_slice(kind, lesions=kind, size=160))
    for k in range(FILES - 6):
        (folder / f"copy-{k}.png").write_bytes((folder / f"kind-{k % 6}.png").read_bytes())
    command = [sys.executable, "-m", "covidviewer", "batch", str(folder), "--engine", "litert", "--out"]
    quiet = subprocess.run([*command, str(tmp_path / "quiet.csv")], capture_output=True, text=True, check=True)
    assert f"{FILES} files" in quiet.stdout
    draw = random.Random(7)
    for _ in range(KILLS_OF_THE_LONG_FORM if long_form else KILLS):
        with subprocess.Popen(
            [*command, str(tmp_path / "killed.csv"), "--resume"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            try:
                process.wait(draw.uniform(0.5, 4))
            except subprocess.TimeoutExpired:
                process.kill()
    subprocess.run([*command, str(tmp_path / "killed.csv"), "--resume"], capture_output=True, check=True)
    assert rows(tmp_path / "killed.csv") == rows(tmp_path / "quiet.csv")
    assert len(rows(tmp_path / "killed.csv")) == FILES


def rows(path: Path) -> list[dict[str, str]]:
    """Every row, rounded as far as a batch's other company may change the last digits."""
    with path.open(newline="", encoding="utf-8") as file:
        found = list(csv.DictReader(file))
    for row in found:
        del row["milliseconds"]
        for name in ("p_covid", "logit_covid", "ood_score"):
            row[name] = f"{float(row[name]):.3f}" if row[name] else ""
    return found
