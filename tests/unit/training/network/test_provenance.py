"""Where a run comes from, as its folder tells it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from training.data.split import Split
from training.network.config import Config, Phase
from training.network.provenance import described, energy, started_from, without_home
from training.network.run import begin


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


def test_a_checkpoint_is_described_by_its_run(tmp_path: Path) -> None:
    config = Config("small", (Phase("a", 32, epochs=2, peak_rate=1e-3, passes=20),))
    facts = {"initial_weights": "none", "machine": "Board; Chip, 4 cores", "devices": ["Board"], "seed": 7}
    begin(tmp_path, config, Split(("a.png",), ("b.png",), ("c.png",)), facts)
    lines = [{"phase": "a", "epoch": epoch, "seconds": 900, "processor_seconds": 1800} for epoch in (1, 2)]
    (tmp_path / "log.jsonl").write_text("\n".join(map(json.dumps, lines)))
    weights = tmp_path / "last.npz"
    weights.write_bytes(b"x")
    found = described(weights)
    assert found is not None
    assert found["version"] == "run small"
    told = found["training"]
    assert (told["Epochs"], told["Hours"], told["Started from"], told["Seed"]) == (40, 0.5, "random weights", 7)
    assert told["Energy"].startswith("about 0.36 kWh")  # 1 h at 10 W and half an hour at 700 W
    run = {"initial_weights": "runs/small/last.npz", "initial_weights_sha256": "c" * 64, "initial_model": found}
    own = "run small: 40 epochs, 0.5 h on Board; Chip, 4 cores, from random weights"
    assert started_from(run) == f"last.npz, SHA-256 {'c' * 16} ({own})"
    assert described(tmp_path / "elsewhere" / "last.npz") is None


def test_energy_counts_other_devices_and_is_not_told_without_processor_time() -> None:
    assert energy({}, {"hours": 1.0, "processor_hours": 25.0}).startswith("about 0.25 kWh")
    assert energy({"devices": ["A", "B"]}, {"hours": 1.0, "processor_hours": 1.0}).startswith("about 1.41 kWh")
    assert energy({}, {"hours": 1.0, "processor_hours": None}) == "not recorded"
