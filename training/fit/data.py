"""The canvases of a run: training and validation slices and the clear extra source.

Never touches a test slice or an external list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from covidviewer.errors import UnreadableFile
from training.data.folders import luna_samples
from training.data.framed import Canvases, framed_canvases
from training.data.outlined import outlined_canvases
from training.data.resized import resized_canvases
from training.data.samples import Sample
from training.data.split import Split
from training.network.config import Config


@dataclass(frozen=True, eq=False)
class TrainingData:
    """The canvases a run uses; `clear` are unlabelled slices of another source, `lesioned` such with outlined lesions,
    or None.
    """

    train: Canvases
    validation: Canvases
    clear: Canvases | None
    lesioned: Canvases | None = None


def training_data(
    config: Config,
    samples: Sequence[Sample],
    split: Split,
    extra: Path | None,
    cache: Path,
    outlined: Path | None = None,
) -> TrainingData:
    """Read what `config` trains on.

    Raises `UnreadableFile` when a picture is damaged, the split names a missing one, or the config wants an extra
    source or outlined lesions and there are none.
    """
    wants_lesions = any(phase.lesioned for phase in config.phases)
    if wants_lesions and outlined is None:
        raise UnreadableFile(
            "The config {name} also trains on slices with outlined lesions: give their folder with --outlined.",
            name=config.name,
        )
    wants_extra = any(phase.extra for phase in config.phases)
    if wants_extra and extra is None:
        raise UnreadableFile(
            "The config {name} also trains on clear slices of another source: give their folder with --extra.",
            name=config.name,
        )
    clear: tuple[Sample, ...] = luna_samples(extra, even=True) if extra and wants_extra else ()
    if wants_extra and not clear:
        raise UnreadableFile(
            "No slices named SCAN_slice.png of scans with an even number were found in {folder}.", folder=str(extra)
        )
    try:
        chosen = [split.part(samples, part) for part in ("train", "validation")]
    except KeyError as error:
        raise UnreadableFile(
            "The split names {file}, which the data folder does not hold.", file=str(error.args[0])
        ) from error

    def canvases(some: Sequence[Sample]) -> Canvases:
        return framed_canvases(some, cache) if config.framed else resized_canvases(some)

    both = canvases([*chosen[0], *chosen[1]])
    train, validation = (only(both, [sample.name for sample in part]) for part in chosen)
    if not len(train) or not len(validation):
        raise UnreadableFile(
            "No slice with lungs is left to train on; look at the pictures with python -m training visualise."
        )
    lesioned = outlined_canvases(outlined) if outlined and wants_lesions else None
    return TrainingData(train, validation, canvases(clear) if clear else None, lesioned)


def only(canvases: Canvases, names: Sequence[str]) -> Canvases:
    """The canvases of these names, in this order; names without a canvas are passed over."""
    place = {name: index for index, name in enumerate(canvases.names)}
    chosen = np.array([place[name] for name in names if name in place], np.intp)
    wanted = set(names)
    return replace(
        canvases,
        names=tuple(canvases.names[index] for index in chosen),
        labels=canvases.labels[chosen],
        density=canvases.density[chosen],
        hull=canvases.hull[chosen],
        unframed=tuple(entry for entry in canvases.unframed if entry[0] in wanted),
    )
