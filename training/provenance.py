"""Where a run comes from: command, commit, packages, and the model that it went on from."""

from __future__ import annotations

import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from covidviewer.inference.card import CARD_FILE
from training.run import file_hash, read_json

RECORDED_PACKAGES = ("keras", "torch", "tensorflow", "jax", "numpy", "opencv-python-headless", "pillow", "scikit-learn")


def described(weights: Path) -> dict[str, Any] | None:
    """Version and training facts of an exported model, from the card beside it; None where no card is of this file."""
    card = weights.with_name(CARD_FILE)
    if not card.is_file():
        return None
    content = read_json(card)
    if content.get("file") != weights.name or content.get("sha256") != file_hash(weights):
        return None
    return {"version": content["version"], "training": content.get("training", {})}


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
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return told.stdout.strip()
