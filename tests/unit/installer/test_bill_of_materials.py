"""The installers' bill of materials is valid CycloneDX and names what the frozen program holds."""

from __future__ import annotations

import hashlib
import json
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from installer.frozen import contents
from installer.metadata import ROOT
from installer.packages import bill_of_materials as bill


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("dist")
    file = bill.build_bill_of_materials(folder, folder, folder)
    held: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return held


@pytest.fixture(scope="module")
def parts(document: dict[str, Any]) -> dict[str, Any]:
    return {part["name"]: part for part in document["components"]}


def test_it_is_valid_by_the_schema_of_cyclonedx(document: dict[str, Any]) -> None:
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    assert validator.validate_str(json.dumps(document)) is None
    broken = document | {"components": [{"type": "library"}]}
    assert validator.validate_str(json.dumps(broken)) is not None


def test_it_names_the_packages_that_are_frozen_in_their_versions(parts: dict[str, Any]) -> None:
    packages = {name: part["version"] for name, part in parts.items() if part["type"] == "library"}
    assert packages == {name: version(name) for name in packages}
    assert {"numpy", "pydicom", "pyside6-essentials", "opencv-python-headless", "highdicom"} <= packages.keys()
    assert packages.keys() <= contents.distributions()
    assert not packages.keys() & {"tqdm", "pyjpegls", "scipy", "tensorflow-cpu", "pytest"}


def test_its_versions_are_those_of_the_lock(parts: dict[str, Any]) -> None:
    locked = dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements" / "test.lock").read_text(), re.MULTILINE))
    packages = {name: part["version"] for name, part in parts.items() if part["type"] == "library"}
    assert packages == {name: locked[name] for name in packages}


def test_every_package_says_its_licence(parts: dict[str, Any]) -> None:
    assert [name for name, part in parts.items() if not part.get("licenses")] == []


def test_the_model_is_the_file_that_is_shipped_with_the_figures_of_its_card(parts: dict[str, Any]) -> None:
    model = parts["covid_resnet101"]
    file = ROOT / "resources" / "models" / "covid_resnet101.tflite"
    assert model["hashes"] == [{"alg": "SHA-256", "content": hashlib.sha256(file.read_bytes()).hexdigest()}]
    card = json.loads((ROOT / "resources" / "models" / "model_card.json").read_text(encoding="utf-8"))
    metrics = model["modelCard"]["quantitativeAnalysis"]["performanceMetrics"]
    (auc,) = (one for one in metrics if (one["type"], one["slice"]) == ("auc", "Grouped test"))
    assert float(auc["value"]) == card["metrics"]["grouped"]["auc"]["value"]


def test_what_depends_on_what_is_said_of_named_parts_alone(document: dict[str, Any]) -> None:
    named = {part["bom-ref"] for part in document["components"]} | {document["metadata"]["component"]["bom-ref"]}
    for entry in document["dependencies"]:
        assert {entry["ref"], *entry["dependsOn"]} <= named


def test_the_same_state_gives_the_same_file(tmp_path: Path, document: dict[str, Any]) -> None:
    assert json.loads(bill.build_bill_of_materials(tmp_path, tmp_path, tmp_path).read_text()) == document
