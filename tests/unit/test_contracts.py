"""The import contracts of pyproject.toml hold, and each is shown to fail when it is broken."""

from __future__ import annotations

import ast
import tomllib
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import pytest
from grimp import ImportGraph, build_graph
from importlinter.application.use_cases import read_user_options
from importlinter.application.user_options import UserOptions
from importlinter.configuration import configure
from importlinter.contracts.acyclic_siblings import AcyclicSiblingsContract
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.independence import IndependenceContract
from importlinter.contracts.layers import LayersContract
from importlinter.domain.contract import Contract

ROOT = Path(__file__).resolve().parents[2]
KINDS: dict[str, type[Contract]] = {
    "acyclic_siblings": AcyclicSiblingsContract,
    "forbidden": ForbiddenContract,
    "independence": IndependenceContract,
    "layers": LayersContract,
}
"""The kinds of contract that pyproject.toml may hold."""


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
    Breach("keras", "covidviewer/inference/results.py", "import tensorflow"),
    Breach("keras", "training/network/network.py", "import tensorflow"),
    Breach("cluster", "covidviewer/services/batch/backend.py", "import distributed"),
    Breach("cluster", "covidviewer/imaging/opening.py", "import fsspec"),
    Breach("no-training", "covidviewer/services/formatting.py", "import training.data.samples"),
    Breach("training", "training/data/samples.py", "import covidviewer.services.formatting"),
    Breach("training", "training/data/samples.py", "import covidviewer.ui.translation"),
    Breach("training", "training/data/samples.py", "import covidviewer.inference.engines.choice"),
    Breach("training-layers", "training/data/samples.py", "import training.batches.batches"),
    Breach("training-layers", "training/export/export.py", "import training.evaluation.evaluate"),
    Breach("keras", "covidviewer/inference/results.py", "import keras"),
)


@pytest.fixture(scope="module")
def options() -> UserOptions:
    """The contracts of pyproject.toml, as import-linter reads them."""
    configure()
    return read_user_options(str(ROOT / "pyproject.toml"))


@pytest.fixture(scope="module")
def graph(options: UserOptions) -> ImportGraph:
    """Who imports whom, in the packages that the contracts speak of and of what they use."""
    packages = options.session_options["root_packages"]
    return build_graph(*packages, include_external_packages=True, cache_dir=None)


def kept(contract_id: str, graph: ImportGraph, options: UserOptions) -> bool:
    """Whether a contract holds in a graph."""
    (found,) = [one for one in options.contracts_options if one["id"] == contract_id]
    contract = KINDS[found["type"]](found["name"], options.session_options, found)
    return bool(contract.check(deepcopy(graph), verbose=False).kept)


def module_of(file: str) -> str:
    """The name by which a file is imported."""
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imported_by(line: str, graph: ImportGraph) -> str:
    """The module that an import statement names: one of ours as it is called, another package as a whole."""
    (statement,) = ast.parse(line).body
    assert isinstance(statement, ast.Import | ast.ImportFrom)
    name = statement.names[0].name if isinstance(statement, ast.Import) else str(statement.module)
    package = name.partition(".")[0]
    assert name in graph.modules or package not in ("covidviewer", "training"), f"{name} is no module of ours"
    return name if name in graph.modules else package


def with_breach(breach: Breach, graph: ImportGraph) -> ImportGraph:
    """The graph of a program in which the breach was committed."""
    assert module_of(breach.file) in graph.modules
    spoilt = deepcopy(graph)
    imported = imported_by(breach.line, graph)
    if imported not in spoilt.modules:
        spoilt.add_module(imported, is_squashed=True)
    spoilt.add_import(importer=module_of(breach.file), imported=imported, line_number=1, line_contents=breach.line)
    return spoilt


def test_the_program_keeps_every_contract(graph: ImportGraph, options: UserOptions) -> None:
    assert [one["name"] for one in options.contracts_options if not kept(one["id"], graph, options)] == []


@pytest.mark.parametrize(
    "breach", BREACHES, ids=lambda breach: f"{breach.contract}-{breach.file}-{breach.line.split()[1]}"
)
def test_a_broken_contract_is_reported(breach: Breach, graph: ImportGraph, options: UserOptions) -> None:
    assert not kept(breach.contract, with_breach(breach, graph), options)


def test_every_contract_has_a_breach_that_shows_it() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {contract["id"] for contract in settings["tool"]["importlinter"]["contracts"]}
    assert contracts == {breach.contract for breach in BREACHES}
