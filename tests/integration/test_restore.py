"""The run of a shipped model, restored from its file and its report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from covidviewer.errors import OutputUnwritable, UnreadableFile
from tests.integration.shallow_export import INPUTS, SHALLOW, shallow_file, shallow_heads, shallow_network
from tests.tiny_training import write_tiny_data
from training.data.folders import labelled_samples
from training.data.inference_inputs import framed
from training.data.samples import Sample
from training.data.split import random_split, read_split, write_split
from training.export import export, rewrite
from training.export.restore import restore
from training.network import run as runs
from training.network.config import Config, Phase
from training.network.provenance import training_facts

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Shipped:
    """What `restore` is given, in a folder of its own."""

    folder: Path
    model: Path
    report: Path
    split: Path
    data: Path

    def restore(self) -> Path:
        """The restored run's folder."""
        restore(self.model, self.report, self.split, self.data, self.folder / "run", print)
        return self.folder / "run"


@pytest.fixture
def shipped(tmp_path: Path) -> Shipped:
    """The shallow model with its head's arrays and the record of a run."""
    model, split = tmp_path / "model.tflite", tmp_path / "split.json"
    model.write_bytes(shallow_file())
    heads = shallow_heads()
    held_out = {"held_out/kernel": heads.held_out.kernel, "held_out/bias": heads.held_out.bias}
    np.savez(tmp_path / "model.npz", **held_out)  # type: ignore[arg-type]  # NumPy's stub takes the names for options
    data = write_tiny_data(tmp_path / "data", each=10)
    write_split(random_split(labelled_samples(data)), split)
    report = tmp_path / f"1.{runs.file_hash(model)[:8]}"
    config = Config("shallow", (Phase("all", size=224, epochs=2, peak_rate=1e-3, blocks=SHALLOW),))
    runs.begin(tmp_path / "trained", config, read_split(split), {"split_sha256": runs.file_hash(split), "seed": 7})
    (tmp_path / "trained" / runs.LOG).write_text('{"phase": "all", "epoch": 2, "seconds": 1.0}\n')
    report.mkdir()
    assert len(runs.keep_record(tmp_path / "trained", report)) == 3
    return Shipped(tmp_path, model, report, split, data)


def test_a_run_is_restored_from_the_shipped_file_and_its_report(shipped: Shipped) -> None:
    shallow = shallow_network()
    before, after = runs.open_run(shipped.folder / "trained"), runs.open_run(shipped.restore())
    assert (after.config, after.split) == (before.config, before.split)
    assert runs.read_log(after.folder) == runs.read_log(before.folder)
    assert training_facts(after.facts, runs.effort(after))["Weights"].startswith(
        f"those of the file of {shipped.report.name}"
    )
    again = export.network_of(after)
    np.testing.assert_array_equal(rewrite.dense_weights(again)[0], shallow_heads().held_out.kernel)
    again.get_layer("probabilities").set_weights(rewrite.dense_weights(shallow))
    assert np.abs(np.asarray(again(INPUTS[16:])) - np.asarray(shallow(INPUTS[16:]))).max() < 0.05


def test_a_run_is_not_restored_over_another(shipped: Shipped) -> None:
    shipped.restore()
    with pytest.raises(OutputUnwritable, match="holds a run already"):
        shipped.restore()


@pytest.mark.parametrize("strange", ["model", "split"])
def test_what_the_report_is_not_about_is_refused_by_name(shipped: Shipped, strange: str) -> None:
    file: Path = getattr(shipped, strange)
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(UnreadableFile, match=f"{file.name} is not what the report"):
        shipped.restore()


@pytest.mark.parametrize("content", [b"", b"PK no archive"])
def test_a_model_without_readable_arrays_restores_nothing(shipped: Shipped, content: bytes) -> None:
    shipped.model.with_suffix(".npz").write_bytes(content)
    with pytest.raises(UnreadableFile, match="holds no head"):
        shipped.restore()
    assert not (shipped.folder / "run").exists()


def test_a_report_without_its_log_restores_nothing(shipped: Shipped) -> None:
    (shipped.report / runs.LOG).unlink()
    with pytest.raises(UnreadableFile, match="is missing"):
        shipped.restore()
    assert not (shipped.folder / "run").exists()


def test_a_record_is_kept_where_it_lies(shipped: Shipped) -> None:
    assert runs.keep_record(shipped.report, shipped.report / ".") == ()
    assert runs.read_log(shipped.report)


def test_pictures_without_lungs_are_nothing_to_export(tmp_path: Path) -> None:
    flat = tmp_path / "flat.png"
    Image.new("L", (300, 300), 128).save(flat)
    with pytest.raises(UnreadableFile, match="In none of the 1 pictures"):
        framed([Sample("flat.png", flat, 0)])
