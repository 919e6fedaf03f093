"""The import contracts of pyproject.toml hold, and each is shown to fail when it is broken."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Breach:
    """An import that must not be: `line`, added to `file`, breaks the contract called `contract`."""

    contract: str
    file: str
    line: str


BREACHES = (
    Breach("layers", "covidviewer/imaging/slices.py", "import covidviewer.inference.results"),
    Breach("layers", "covidviewer/imaging/slices.py", "import covidviewer.services.formatting"),
    Breach("layers", "covidviewer/inference/results.py", "import covidviewer.services.formatting"),
    Breach("layers", "covidviewer/services/formatting.py", "import covidviewer.ui.translation"),
    Breach("layers", "covidviewer/ui/translation.py", "import covidviewer.cli.main"),
    Breach("layers", "covidviewer/cli/main.py", "import covidviewer.ui.translation"),
    Breach("layers", "covidviewer/phantom/anatomy.py", "import covidviewer.imaging.windowing"),
    Breach("layers", "covidviewer/imaging/lungs/opacity.py", "import covidviewer.phantom.slices"),
    Breach("imaging", "covidviewer/imaging/lungs/framing.py", "import covidviewer.imaging.dicom.reader"),
    Breach("imaging", "covidviewer/imaging/sniff.py", "import covidviewer.imaging.raster"),
    Breach("inference", "covidviewer/inference/analyser.py", "import covidviewer.inference.engines.choice"),
    Breach("services", "covidviewer/services/report/content.py", "import covidviewer.services.batch.summary"),
    Breach("services", "covidviewer/services/dicom/export.py", "import covidviewer.services.report.content"),
    Breach("ui", "covidviewer/ui/panels/series_row.py", "import covidviewer.ui.dialogs.keys"),
    Breach("ui", "covidviewer/ui/view/scene.py", "import covidviewer.ui.state.session"),
    Breach("qt", "covidviewer/services/formatting.py", "import PySide6.QtCore"),
    Breach("qt", "covidviewer/imaging/slices.py", "import PySide6.QtWidgets"),
    Breach("pydicom", "covidviewer/services/formatting.py", "from pydicom.uid import UID"),
    Breach("litert", "covidviewer/inference/results.py", "import ai_edge_litert"),
    Breach("litert", "training/network/network.py", "from ai_edge_litert.interpreter import Interpreter"),
    Breach("openvino", "covidviewer/inference/results.py", "import openvino"),
    Breach("tensorflow", "covidviewer/inference/results.py", "import tensorflow"),
    Breach("tensorflow", "training/network/network.py", "import tensorflow"),
    Breach("cluster", "covidviewer/services/batch/work.py", "import distributed"),
    Breach("cluster", "covidviewer/imaging/opening.py", "import fsspec"),
    Breach("no-training", "covidviewer/services/formatting.py", "import training.data.samples"),
    Breach("training", "training/data/samples.py", "import covidviewer.services.formatting"),
    Breach("training", "training/data/samples.py", "import covidviewer.ui.translation"),
    Breach("training", "training/data/samples.py", "import covidviewer.inference.engines.choice"),
    Breach("training-layers", "training/data/samples.py", "import training.batches.batches"),
    Breach("training-layers", "training/export/export.py", "import training.evaluation.evaluate"),
    Breach("keras", "covidviewer/inference/results.py", "import keras"),
)


@pytest.fixture(scope="session")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two packages' sources and their contracts, in a folder where they may be spoilt."""
    folder = tmp_path_factory.mktemp("contracts")
    for package in ("covidviewer", "training"):
        shutil.copytree(
            ROOT / package, folder / package, ignore=lambda _, names: [n for n in names if n == "__pycache__"]
        )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """import-linter over the packages in `folder`."""
    command = [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports_command as lint; lint()"]
    return subprocess.run(
        [*command, "--no-cache", *options], cwd=folder, check=False, capture_output=True, text=True, timeout=60
    )


def test_the_program_keeps_every_contract(copied: Path) -> None:
    done = lint(copied)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "breach", BREACHES, ids=lambda breach: f"{breach.contract}-{breach.file}-{breach.line.split()[1]}"
)
def test_a_broken_contract_is_reported(copied: Path, breach: Breach) -> None:
    file = copied / breach.file
    kept = file.read_text(encoding="utf-8")
    try:
        file.write_text(f"{kept}\n{breach.line}\n", encoding="utf-8")
        done = lint(copied, "--contract", breach.contract)
    finally:
        file.write_text(kept, encoding="utf-8")
    assert done.returncode == 1, done.stdout
    assert "BROKEN" in done.stdout


def test_every_contract_has_a_breach_that_shows_it() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {contract["id"] for contract in settings["tool"]["importlinter"]["contracts"]}
    assert contracts == {breach.contract for breach in BREACHES}
