"""`metrics.json` as types: what `evaluate` writes, and what report, card, history and README's table read.

Whatever an older or a quicker evaluation may lack is `NotRequired`. Knows the form, and computes nothing.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple, NotRequired, TypedDict

SCHEMA: Final = 1
Triple = list[float | None]
"""A figure with the ends of its 95 % interval: [value, low, high]; low and high None where there is no interval, all
three where the figure is not defined."""


class Protocol(NamedTuple):
    """How slices were held out: the column of this file, the key in the card, a word for it, and what is meant."""

    column: str
    key: str
    word: str
    meaning: str


PROTOCOLS: Final = (
    Protocol("grouped", "grouped", "grouped", "slices that are alike, and neighbours by number, are not trained on"),
    Protocol("random", "random", "random", "slices of one patient are in training and test, as in the paper"),
    Protocol("external clear lungs", "external_clear", "clear lungs", "another source: COVID-19 against clear lungs"),
    Protocol(
        "external other disease",
        "external_disease",
        "other disease",
        "another source: COVID-19 against other lung disease too",
    ),
)
"""The keys are those of `covidviewer.inference.card_text.PROTOCOLS`, in its order: the strictest first."""


class Network(TypedDict):
    """Depth and input size in pixels, as tables name a network."""

    layers: int
    size: int


class ColumnFigures(TypedDict):
    """The figures of a set that stand in tables. Refused slices count as wrong in all but `auroc`, `above_others` and
    `below_covid`.
    """

    n: int
    covid: NotRequired[int]
    groups: NotRequired[int]
    refused: int
    right: int
    accuracy: Triple
    auroc: Triple
    sensitivity: Triple
    specificity: Triple
    above_others: NotRequired[Triple]
    below_covid: NotRequired[Triple]
    ece: NotRequired[float | None]
    question: NotRequired[str]
    folds: NotRequired[int]
    layers: NotRequired[int]
    size: NotRequired[int]


class SetFigures(ColumnFigures):
    """Every figure of one set of slices (`training.evaluation.measures.measured`)."""

    refused_covid: int
    confusion: list[list[int]]
    accuracy_of_accepted: float
    intervals: str
    ppv: Triple
    npv: Triple
    f1: Triple
    mcc: Triple
    auprc: Triple
    ece_chance: NotRequired[dict[str, float] | None]
    calibration: dict[str, dict[str, float]]
    reliability: list[dict[str, float]]
    predictive_values: list[dict[str, float]]
    operating_points: list[OperatingPoint]
    roc: list[list[float]]
    decision_curve: list[dict[str, float]]
    column: NotRequired[str]
    main: NotRequired[bool]


class OperatingPoint(TypedDict):
    """Sensitivity and specificity at one threshold."""

    name: str
    threshold: float
    sensitivity: Triple
    specificity: Triple


class BaselineFigures(TypedDict):
    """A baseline in one protocol, or on one external question."""

    n: int
    refused: int
    right: int
    accuracy: Triple
    auroc: Triple
    column: NotRequired[str]
    main: NotRequired[bool]


class Baselines(TypedDict):
    """`floors.json`: figures by method and column or question, and the random test slices that each got wrong."""

    methods: dict[str, dict[str, BaselineFigures]]
    wrong: dict[str, list[str]]
    splits: NotRequired[list[str]]


class PairedDifference(TypedDict):
    """Ours minus a baseline's on the same slices (`training.evaluation.comparison.paired_differences`)."""

    n: int
    accuracy: Triple
    n_both: int
    auroc: Triple


class Disputed(TypedDict):
    """McNemar's exact test: slices that only one of two methods got right, and the two-sided p value."""

    only_first: int
    only_second: int
    p: float


class ProbeBound(TypedDict):
    """What a figure of the probe has to reach."""

    limit: float
    at_most: bool
    strict: NotRequired[bool]


class ProbeRow(TypedDict):
    """One figure of the probe beside its bound; `met` is None without one."""

    key: str
    question: str
    value: Triple
    n: int
    note: str
    bound: ProbeBound | None
    met: bool | None


class Probe(TypedDict):
    """What a model was seen to look at."""

    rows: list[ProbeRow]
    opacity_share: NotRequired[float]
    seed: NotRequired[int]
    model: NotRequired[str]


class Wrong(TypedDict):
    """A test slice that was called wrong, or refused."""

    name: str
    p_covid: float | None
    reason: str


class Subgroup(TypedDict):
    """Test slices of which something is known."""

    name: str
    n: int
    accuracy: Triple
    auroc: float


class Fold(TypedDict):
    """One grouped fold."""

    fold: int
    n: int
    accuracy: Triple
    auroc: Triple


CalibrationFacts = TypedDict(
    "CalibrationFacts",
    {
        "temperature": float,
        "offset": float,
        "threshold": float,
        "from": NotRequired[str],
        "n": int,
        "threshold_from": NotRequired[dict[str, Any]],
    },
)
"""The line that turns a logit into a probability, the threshold of a call, and what both were chosen on."""


class ModelFacts(TypedDict):
    """What the network is. Older evaluations name no form, no pooling and no synthetic opacities ("drawn")."""

    blocks: list[int]
    size: int
    parameters: int
    trainable_parameters: int
    multiply_adds: int
    checkpoint_sha256: str
    config: NotRequired[str]
    form: NotRequired[str]
    pooling: NotRequired[str]
    drawn: NotRequired[float]
    input: NotRequired[str]
    measured: NotRequired[str]


class TrainingCost(TypedDict):
    """What a run took, and its curve, one record an epoch."""

    epochs: int
    hours: float
    processor_hours: NotRequired[float | None]
    curve: list[dict[str, Any]]


class FoldMetrics(TypedDict):
    """`metrics.json` of the grouped folds."""

    schema: int
    run: dict[str, Any]
    sets: dict[str, SetFigures]
    columns: dict[str, ColumnFigures]
    folds: list[Fold]
    against_floors: NotRequired[dict[str, PairedDifference]]
    calibration: CalibrationFacts
    grouping: dict[str, Any]


class Metrics(TypedDict):
    """`metrics.json` of a run; the keys that name "floors" and "strangers" are those of the first reports."""

    schema: int
    run: dict[str, Any]
    model: ModelFacts
    training: TrainingCost
    paper: dict[str, dict[str, list[float | None]]]
    calibration: CalibrationFacts
    sets: dict[str, SetFigures]
    columns: dict[str, ColumnFigures]
    wrong: list[Wrong]
    subgroups: list[Subgroup]
    floors: NotRequired[Baselines]
    against_floors: NotRequired[dict[str, Disputed]]
    grouped_against_floors: NotRequired[dict[str, PairedDifference]]
    folds: NotRequired[list[Fold]]
    grouping: NotRequired[dict[str, Any]]
    strangers: NotRequired[dict[str, dict[str, Any]]]
    robustness: NotRequired[list[dict[str, Any]]]
    explanation: NotRequired[dict[str, Any]]
    probe: NotRequired[Probe]
