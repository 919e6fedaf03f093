"""Where a run comes from, as its folder tells it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from training.provenance import described, without_home


def test_a_model_is_described_by_the_card_beside_it_only_when_the_card_is_of_that_file(tmp_path: Path) -> None:
    model = tmp_path / "model.tflite"
    model.write_bytes(b"weights")
    assert described(model) is None
    card = {
        "file": model.name,
        "sha256": hashlib.sha256(b"weights").hexdigest(),
        "version": "1.a",
        "training": {"n": 1},
    }
    (tmp_path / "model_card.json").write_text(json.dumps(card))
    assert described(model) == {"version": "1.a", "training": {"n": 1}}
    model.write_bytes(b"other weights")
    assert described(model) is None


def test_a_report_names_nobodys_folders() -> None:
    assert without_home("/home/somebody/study/data/sars-cov-2-ct") == str(Path("...", "data", "sars-cov-2-ct"))
    assert without_home("ctmd=/home/somebody/data/ctmd") == f"ctmd={Path('...', 'data', 'ctmd')}"
    assert without_home("--resume") == "--resume"
