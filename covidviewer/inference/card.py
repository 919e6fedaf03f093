"""model_card.json as a value: everything the program says of the model comes from here.

Reading and checking it, nothing else; `card_text` says it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from covidviewer.errors import BrokenModel
from covidviewer.files import read_bounded
from covidviewer.inference.results import Label
from covidviewer.inference.selfcheck import Tolerance

SCHEMA = 1
CARD_FILE = "model_card.json"
LARGEST_CARD = 4_000_000
"""Bytes; the present one has a hundredth."""
FORMS = ("v1", "v1.5")
"""Where a stage of the residual network halves the resolution: in its first 1x1 convolution, or in its 3x3 one."""
ABOVE_OTHERS, BELOW_COVID = "above_others", "below_covid"
"""Figures of a protocol: of the scored slices without COVID-19 the share at the threshold or above; of those with it,
the share below.
"""


class Pooling(StrEnum):
    """How the network makes one number of a channel's cells: the largest, or the mean over the lungs."""

    MAX = "max"
    LUNGS = "lungs"


@dataclass(frozen=True)
class Band:
    """Words for calibrated probabilities from `start` up to the next band's start."""

    start: float
    words: str


@dataclass(frozen=True)
class CheckedEngine:
    """What one engine and kind of device answered to the self-check's seeds.

    `probabilities` are of the first class; `feature_norms` lengths of the pooled features; the distances are from
    float32.
    """

    probabilities: tuple[float, ...]
    feature_norms: tuple[float, ...]
    probability_from_float32: float
    features_from_float32: float


@dataclass(frozen=True)
class SelfCheckPlan:
    """Seeds; tolerances by kind of device ("cpu", "gpu"); expected values by "engine-device" ("litert-cpu")."""

    seeds: tuple[int, ...]
    tolerances: Mapping[str, Tolerance]
    expected: Mapping[str, CheckedEngine]


@dataclass(frozen=True)
class ModelCard:
    """The card.

    Attributes
    ----------
    version
        Of the model, shown beside every score.
    file, sha256
        The LiteRT file's name and hash; `arrays_file`, `arrays_sha256` those of the numbers beside it.
    training_slices_sha256
        Of the list of training slices beside the model; None in a card of before it was written there.
    input_size
        Edge in pixels.
    framing_version
        `imaging.lungs.framing.FRAMING_VERSION` that it was trained with.
    labels
        In the order of the network's outputs.
    temperature, offset
        The log odds are divided by the first, which is above 0; then the second is added.
    threshold, threshold_from
        Calibrated probability 0..1 from which the label is the first; and which slices it was chosen on, of JSON types,
        empty where it was not chosen.
    bands
        By rising start; the first starts at 0.
    self_check
        See `SelfCheckPlan`.
    agreement, training, metrics, probe
        Figures of the makers' files, of JSON types: agreement by engine, training facts, metrics by protocol, what the
        model was seen to look at.
    pooling, network_form
        What the network is beside its layers; a card that does not say is of a network that takes the maximum, in the
        form "v1".
    """

    version: str
    file: str
    sha256: str
    arrays_file: str
    arrays_sha256: str
    input_size: int
    framing_version: int
    labels: tuple[str, str]
    temperature: float
    offset: float
    threshold: float
    bands: tuple[Band, ...]
    self_check: SelfCheckPlan
    agreement: Mapping[str, Any]
    training: Mapping[str, Any]
    metrics: Mapping[str, Any]
    pooling: Pooling = Pooling.MAX
    network_form: str = FORMS[0]
    probe: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    threshold_from: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    training_slices_sha256: str | None = None

    def band_word(self, p_covid: float) -> str:
        """The words for the band that a calibrated probability lies in."""
        return next(band.words for band in reversed(self.bands) if p_covid >= band.start)

    def interval(self, protocol: str, figure: str) -> tuple[float, float, float] | None:
        """(value, low, high), each 0..1, of "auc", "accuracy", "sensitivity", "specificity", `ABOVE_OTHERS` or
        `BELOW_COVID`; None when not known.
        """
        figures_of = self.metrics.get(protocol, {})
        if not known(figures_of, figure):
            return None
        value, low, high = (float(figures_of[figure][bound]) for bound in ("value", "low", "high"))
        return value, low, high


def bounds(interval: Mapping[str, Any]) -> dict[str, float]:
    """Value and interval of a figure."""
    return {name: float(interval[name]) for name in ("value", "low", "high")}


def known(protocol: Mapping[str, Any], name: str) -> bool:
    """Whether a protocol has this figure with its interval."""
    interval = protocol.get(name) or {}
    return all(interval.get(bound) is not None for bound in ("value", "low", "high"))


def read_card(file: Path) -> ModelCard:
    """Read and check a card. Raises `BrokenModel` with one sentence for every fault."""
    try:
        content = json.loads(read_bounded(file, LARGEST_CARD).decode("utf-8"))
    except FileNotFoundError:
        raise BrokenModel("The model card is missing ({file}); reinstall the program.", file=file.name) from None
    except (OSError, ValueError, RecursionError, MemoryError):
        raise BrokenModel("The model card is damaged ({file}); reinstall the program.", file=file.name) from None
    return parse_card(content)


def parse_card(content: Any) -> ModelCard:
    """A card from its JSON content. Raises `BrokenModel`."""
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        found = content.get("schema") if isinstance(content, dict) else None
        raise BrokenModel("Model card schema {found} is not supported (expected {known}).", found=found, known=SCHEMA)
    try:
        card = _card(content)
        _check(card)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise BrokenModel("The model card is incomplete ({fault}); reinstall the program.", fault=fault) from None
    return card


def _card(content: Mapping[str, Any]) -> ModelCard:
    first, second = (str(label) for label in content["labels"])
    return ModelCard(
        version=str(content["version"]),
        file=str(content["file"]),
        sha256=str(content["sha256"]),
        arrays_file=str(content["arrays"]["file"]),
        arrays_sha256=str(content["arrays"]["sha256"]),
        input_size=int(content["input_size"]),
        framing_version=int(content["framing"]["version"]),
        labels=(first, second),
        temperature=float(content["temperature"]),
        offset=float(content["offset"]),
        threshold=float(content["threshold"]),
        bands=tuple(Band(float(band["from"]), str(band["words"])) for band in content["bands"]),
        self_check=_plan(content["self_check"]),
        agreement=MappingProxyType(dict(content["agreement"])),
        training=MappingProxyType(dict(content["training"])),
        metrics=MappingProxyType(dict(content["metrics"])),
        pooling=Pooling(content.get("pooling", Pooling.MAX)),
        network_form=str(content.get("network_form", FORMS[0])),
        probe=MappingProxyType(dict(content.get("probe", {}))),
        threshold_from=MappingProxyType(dict(content.get("threshold_from", {}))),
        training_slices_sha256=str(content["training_slices"]["sha256"]) if "training_slices" in content else None,
    )


def _plan(content: Mapping[str, Any]) -> SelfCheckPlan:
    return SelfCheckPlan(
        seeds=tuple(int(seed) for seed in content["seeds"]),
        tolerances=MappingProxyType(
            {
                name: Tolerance(float(t["probability"]), float(t["features"]))
                for name, t in content["tolerances"].items()
            }
        ),
        expected=MappingProxyType(
            {
                name: CheckedEngine(
                    tuple(float(p) for p in engine["probabilities"]),
                    tuple(float(norm) for norm in engine["feature_norms"]),
                    float(engine["from_float32"]["probability"]),
                    float(engine["from_float32"]["features"]),
                )
                for name, engine in content["expected"].items()
            }
        ),
    )


def _check(card: ModelCard) -> None:
    """Raise ValueError, in a few words, for what cannot be right."""
    if card.labels != tuple(Label):
        raise ValueError(f"labels {card.labels}")
    for name in (card.file, card.arrays_file):
        if not name or Path(name).name != name:
            raise ValueError(f"file name {name!r}")
    if not (np.isfinite(card.temperature) and card.temperature > 0):
        raise ValueError(f"temperature {card.temperature}")
    if not np.isfinite(card.offset):
        raise ValueError(f"offset {card.offset}")
    if not 0 < card.threshold < 1:
        raise ValueError(f"threshold {card.threshold}")
    starts = [band.start for band in card.bands]
    if not starts or starts[0] != 0 or any(later <= earlier for earlier, later in pairwise(starts)):
        raise ValueError(f"bands from {starts}")
    if card.network_form not in FORMS:
        raise ValueError(f"network form {card.network_form!r}")
    plan = card.self_check
    if not plan.seeds or {"cpu", "gpu"} - plan.tolerances.keys() or "litert-cpu" not in plan.expected:
        raise ValueError("self-check")
    for engine in plan.expected.values():
        if len(engine.probabilities) != len(plan.seeds) or len(engine.feature_norms) != len(plan.seeds):
            raise ValueError("self-check")
