"""Where a run comes from: command, commit, packages, and the model that it went on from."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePath
from typing import Any

from covidviewer.errors import CovidViewerError
from covidviewer.inference.card import CARD_FILE
from training.network.checkpoint import LAST
from training.network.run import file_hash, open_run, read_json, training_cost

CT = "ct"
"""`--weights ct`, or `ct:FILE`."""
CT_LINEAGE = (
    "the CT-pretrained ResNet-152 of Astra (Wang et al. 2026; MIT), from Merlin (Blankemeier et al. 2024; MIT), from "
    "ImageNet, made two-dimensional and thinned to 101 layers"
)
WATTS_A_CORE, WATTS_A_DEVICE = 10, 700
RECORDED_PACKAGES = ("keras", "torch", "tensorflow", "jax", "numpy", "opencv-python-headless", "pillow", "scikit-learn")


def described(weights: Path) -> dict[str, Any] | None:
    """Version and training facts of an exported model, from the card beside it, or of a run's checkpoint, from its run.

    None for a file that is neither.
    """
    if weights.name == LAST:
        try:
            run = open_run(weights.parent)
        except CovidViewerError:
            return None
        return {"version": f"run {run.config.name}", "training": training_facts(run.facts, training_cost(run))}
    card = weights.with_name(CARD_FILE)
    if not card.is_file():
        return None
    content = read_json(card)
    if content.get("file") != weights.name or content.get("sha256") != file_hash(weights):
        return None
    return {"version": content["version"], "training": content.get("training", {})}


def training_facts(facts: Mapping[str, Any], took: Mapping[str, Any]) -> dict[str, Any]:
    """From a run's `facts.json` and its `run.training_cost`: from what, how long, where; the card's words for them."""
    return {
        "Started from": started_from(facts),
        "Epochs": took["epochs"],
        "Hours": took["hours"],
        "Machine": facts.get("machine", "not recorded"),
        "Precision": facts.get("precision", "not recorded"),
        "Energy": energy(facts, took),
        "Seed": facts.get("seed", "not recorded"),
        "Commit": facts.get("commit") or "not recorded",
    }


def started_from(facts: Mapping[str, Any]) -> str:
    """The initial weights in words; a file by its name and the beginning of its SHA-256, and what it was made of."""
    weights, digest = str(facts.get("initial_weights", "none")), facts.get("initial_weights_sha256")
    if weights == "none":
        return "random weights"
    if weights.partition(":")[0] == CT:
        return f"{CT_LINEAGE}, SHA-256 {str(digest)[:16]}"
    words = f"{PurePath(weights).name}, SHA-256 {digest[:16]}" if digest else weights
    before = facts.get("initial_model")
    if not before:
        return words
    trained = before["training"]
    own = f"{before['version']}: {trained.get('Epochs', '?')} epochs, {trained.get('Hours', '?')} h"
    own += f" on {trained['Machine']}" if "Machine" in trained else ""
    return f"{words} ({own}, from {trained.get('Started from', 'what is not recorded')})"


def energy(facts: Mapping[str, Any], took: Mapping[str, Any]) -> str:
    """Energy as estimated from the time that processors and other devices took; it is not measured."""
    processors = took.get("processor_hours")
    if not processors:
        return "not recorded"
    devices = len(facts.get("devices", ()))
    kilowatt_hours = (processors * WATTS_A_CORE + took["hours"] * devices * WATTS_A_DEVICE) / 1000
    words = f"about {kilowatt_hours:.3g} kWh, estimated as processor time at {WATTS_A_CORE} W a core"
    return words + (f" and {WATTS_A_DEVICE} W for each other device" if devices else "")


def without_home(word: str) -> str:
    """A word of the command line; of an absolute path, also in NAME=PATH, its last two parts: a report names nobody's
    folders."""
    name, sign, named = word.rpartition("=")
    place = Path(named)
    return f"{name}{sign}{Path('...', *place.parts[-2:])}" if place.is_absolute() else word


def installed() -> dict[str, str]:
    """Versions of the packages that can change a result, of those that are installed."""
    found = {}
    for name in RECORDED_PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def commit() -> str | None:
    """The source's commit, or None outside of a checkout."""
    try:
        told = subprocess.run(
            ["git", "rev-parse", "HEAD"],
            cwd=Path(__file__).parents[1],
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return told.stdout.strip()
