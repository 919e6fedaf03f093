"""What an installer holds, as CycloneDX 1.6 JSON: its Python packages (SBOM), and the model with its card (ML-BOM).

The packages are those that `installer.frozen.contents` lets into the program, in the versions that are installed here:
those of the program that is frozen here. The same state gives the same file.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import distribution, packages_distributions
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from covidviewer.disclaimer import DISCLAIMER, LIMIT_SENTENCE
from covidviewer.inference.card import CARD_FILE, ModelCard, read_card
from covidviewer.inference.card_text import PROTOCOLS
from installer.frozen.contents import UNUSED_MODULES, distributions, holds
from installer.metadata import ROOT, metadata
from installer.packages.changes import release_moment

MODELS = ROOT / "resources" / "models"
MODEL_LICENCE = "CC-BY-NC-SA-4.0"
FIGURES = ("auc", "accuracy", "sensitivity", "specificity")
"""Of a protocol of the card, those that the bill of materials names."""

Component = dict[str, Any]


def build_bill_of_materials(_frozen: Path, _work: Path, out: Path) -> Path:
    """Write it to `out`; its place there."""
    meta = metadata()
    file = out / f"{meta.package}-{meta.version}-{platform.system().lower()}-{platform.machine().lower()}.cdx.json"
    out.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(bill_of_materials(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return file


def bill_of_materials() -> dict[str, Any]:
    """The document, of JSON types."""
    names = frozen_packages()
    ours, model = application(), model_component(read_card(MODELS / CARD_FILE))
    libraries = [interpreter(), *(library(name) for name in names)]
    parts = [model, *libraries]
    own = {"ref": ours["bom-ref"], "dependsOn": [part["bom-ref"] for part in parts]}
    content: dict[str, Any] = {
        "metadata": {"timestamp": release_moment().isoformat(), "component": ours},
        "components": parts,
        "dependencies": [own, *({"ref": purl(name), "dependsOn": needs(name, names)} for name in names)],
    }
    serial = uuid5(NAMESPACE_URL, json.dumps(content, sort_keys=True))
    head = {"bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": f"urn:uuid:{serial}", "version": 1}
    return head | content


def frozen_packages() -> list[str]:
    """Canonical names, sorted, of the packages of which a module is in the frozen program."""
    asked = distributions()
    owners = [owners for module, owners in packages_distributions().items() if module not in UNUSED_MODULES]
    return sorted({canonicalize_name(owner) for several in owners for owner in several} & asked)


def application() -> Component:
    """The program itself."""
    meta = metadata()
    return {
        "type": "application",
        "bom-ref": f"pkg:generic/{meta.package}@{meta.version}",
        "name": meta.package,
        "version": meta.version,
        "description": meta.description,
        "licenses": [{"expression": meta.licence}],
    }


def interpreter() -> Component:
    """The Python that the program brings."""
    version = platform.python_version()
    reference = f"pkg:generic/python@{version}"
    return {
        "type": "platform",
        "bom-ref": reference,
        "purl": reference,
        "name": "python",
        "version": version,
        "licenses": [{"license": {"id": "PSF-2.0"}}],
    }


def library(name: str) -> Component:
    """An installed package by its canonical name."""
    found = distribution(name)
    component = {"type": "library", "bom-ref": purl(name), "purl": purl(name), "name": name, "version": found.version}
    licences = licences_of(found.metadata.json)
    return component | ({"licenses": licences} if licences else {})


def licences_of(package: Mapping[str, Any]) -> list[dict[str, Any]]:
    """CycloneDX's licences of a package's metadata: the SPDX expression, else the names that its classifiers give."""
    if expression := package.get("license_expression"):
        return [{"expression": expression}]
    classified = [line for line in package.get("classifier", ()) if line.startswith("License :: ")]
    names = [line.rpartition(" :: ")[2] for line in classified if line != "License :: OSI Approved"]
    if not names and (words := str(package.get("license", "")).strip()):
        names = [words.splitlines()[0]]
    return [{"license": {"name": name}} for name in names]


def purl(name: str) -> str:
    """The package URL of an installed package."""
    return f"pkg:pypi/{name}@{distribution(name).version}"


def needs(name: str, among: Iterable[str]) -> list[str]:
    """Package URLs of what an installed package asks for here."""
    asked = {canonicalize_name(one.name) for one in map(Requirement, distribution(name).requires or ()) if holds(one)}
    return [purl(other) for other in sorted(asked.intersection(among))]


def model_component(card: ModelCard) -> Component:
    """The bundled model, with what its card says."""
    name = Path(card.file).stem
    return {
        "type": "machine-learning-model",
        "bom-ref": f"model:{name}@{card.version}",
        "name": name,
        "version": card.version,
        "hashes": [{"alg": "SHA-256", "content": card.sha256}],
        "licenses": [{"license": {"id": MODEL_LICENCE}}],
        "modelCard": {
            "modelParameters": {
                "approach": {"type": "supervised"},
                "task": "classification",
                "architectureFamily": "ResNet",
                "modelArchitecture": str(card.training["Network"]),
                "datasets": [
                    {"type": "dataset", "name": str(card.training["Data"]), "description": card.training["Trained on"]}
                ],
                "inputs": [{"format": f"image: {card.input_size} x {card.input_size} x 2, float32"}],
                "outputs": [{"format": f"probabilities of {' and '.join(card.labels)}"}],
            },
            "quantitativeAnalysis": {"performanceMetrics": measured(card)},
            "considerations": {
                "useCases": ["Research on axial chest CT slices."],
                "technicalLimitations": [LIMIT_SENTENCE, DISCLAIMER],
            },
        },
    }


def measured(card: ModelCard) -> list[dict[str, Any]]:
    """The card's figures by protocol, with their intervals."""
    found = [(figure, title, card.interval(key, figure)) for key, title in PROTOCOLS for figure in FIGURES]
    return [
        {
            "type": figure,
            "slice": title,
            "value": str(interval[0]),
            "confidenceInterval": {"lowerBound": str(interval[1]), "upperBound": str(interval[2])},
        }
        for figure, title, interval in found
        if interval is not None
    ]
