"""Checkpoints: everything a run needs to go on after being killed, in one file that is always whole."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from covidviewer.files import atomic_file

Weights = dict[str, NDArray[Any]]
LAST, BEST = "last.npz", "best.npz"


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """State after `epoch` epochs of phase number `phase` (both from 0).

    `weights` are the trained ones, `average` their running average (what is evaluated), `optimizer` the optimiser's
    variables in order; `facts` is small and of JSON types (best score so far, steps).
    """

    phase: int
    epoch: int
    weights: Weights
    average: Weights
    optimizer: tuple[NDArray[Any], ...]
    facts: dict[str, Any]


def save_checkpoint(checkpoint: Checkpoint, file: Path) -> None:
    """Write a checkpoint: a kill at any moment leaves the old file or the new one. Raises `OutputUnwritable`."""
    arrays: dict[str, Any] = {"facts": np.array(json.dumps(checkpoint.facts))}
    arrays["place"] = np.array([checkpoint.phase, checkpoint.epoch])
    arrays |= {f"weights:{name}": value for name, value in checkpoint.weights.items()}
    arrays |= {f"average:{name}": value for name, value in checkpoint.average.items()}
    arrays |= {f"optimizer:{index:05d}": value for index, value in enumerate(checkpoint.optimizer)}
    with atomic_file(file) as stream:
        np.savez(stream, **arrays)


def load_checkpoint(file: Path) -> Checkpoint:
    """Read what `save_checkpoint` wrote. Raises OSError, or ValueError for a damaged file."""
    try:
        with file.open("rb") as stream, np.load(stream) as stored:
            arrays = {name: stored[name] for name in stored.files}
        phase, epoch = (int(value) for value in arrays["place"])
        facts = json.loads(str(arrays["facts"]))
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise ValueError(f"The checkpoint file {file.name} is damaged.") from error

    def group(prefix: str) -> Weights:
        return {name.removeprefix(prefix): value for name, value in arrays.items() if name.startswith(prefix)}

    optimizer = group("optimizer:")
    return Checkpoint(
        phase,
        epoch,
        group("weights:"),
        group("average:"),
        tuple(optimizer[name] for name in sorted(optimizer)),
        facts,
    )
