"""What the model's card says, in sentences and rows for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from covidviewer.disclaimer import LIMIT_SENTENCE
from covidviewer.errors import Sentence
from covidviewer.inference.card import ABOVE_OTHERS, BELOW_COVID, ModelCard, bounds, known
from covidviewer.texts import N_

PROTOCOLS = (
    ("grouped", N_("Grouped test")),
    ("random", N_("Random test")),
    ("external_clear", N_("Other source, clear lungs")),
    ("external_disease", N_("Other source, other lung disease")),
)
"""Key of the card's metrics, and its name for people; the honest figure first."""
BY_THRESHOLD: Final = "By the card's threshold"
AT_THRESHOLD: Final = "At the card's threshold or above"
"""What heads counts of scored slices."""
NOT_MEASURED = N_("not measured")
BUNDLED_LAYERS = 101
"""Of the network that scores; a protocol that was measured with others says so."""


def outside_sentence(card: ModelCard, p_covid: float) -> str:
    """What matters to a reader of this score: how many slices of other sources lie on the same side of the
    threshold, with other lung disease, with clear lungs, or of COVID-19 patients; '' when it is not known.
    """
    if p_covid < card.threshold:
        missed = card.interval("external_clear", BELOW_COVID)
        return said_below(missed[0]) if missed else ""
    disease = card.interval("external_disease", ABOVE_OTHERS)
    clear = card.interval("external_clear", ABOVE_OTHERS)
    return said_above(disease and disease[0], clear and clear[0])


def auc_rows(card: ModelCard) -> list[tuple[str, str]]:
    """(protocol, AUC with its interval) for people, the honest figure first; one that is missing is said to be."""
    return [(name, auc_text(card.metrics.get(key, {}))) for key, name in PROTOCOLS]


def card_rows(card: ModelCard) -> list[tuple[str, str]]:
    """(name, value) for people, the grouped figure first."""
    rows: list[tuple[str, str]] = [(N_("What it does"), LIMIT_SENTENCE)]
    rows += [(name, figures(card.metrics.get(key, {}))) for key, name in PROTOCOLS]
    rows += [(N_("Version"), card.version)]
    rows += [(str(name), str(value)) for name, value in card.training.items() if isinstance(value, str | int | float)]
    rows += [
        (N_("Threshold"), Sentence("{threshold:.2f}", threshold=card.threshold)),
        (
            N_("Calibration"),
            Sentence("log odds / {temperature:.3f} {offset:+.3f}", temperature=card.temperature, offset=card.offset),
        ),
    ]
    return [*rows, (N_("Fingerprint"), card.sha256[:16])]


def said_above(disease: float | None, clear: float | None) -> str:
    """How many other slices score as high."""
    if disease is not None and clear is not None:
        return Sentence(
            "Outside its data set, {disease}\u00a0% of slices with other lung disease and {clear}\u00a0% of clear "
            "lungs score above the threshold too.",
            disease=round(disease * 100),
            clear=round(clear * 100),
        )
    if disease is not None:
        return Sentence(
            "Outside its data set, {disease}\u00a0% of slices with other lung disease score above the threshold too.",
            disease=round(disease * 100),
        )
    if clear is not None:
        return Sentence(
            "Outside its data set, {clear}\u00a0% of clear lungs score above the threshold too.",
            clear=round(clear * 100),
        )
    return ""


def said_below(missed: float) -> str:
    """How many slices of the ill score as low."""
    return Sentence(
        "Outside its data set, {missed}\u00a0% of COVID-19 patients' slices score below the threshold too: a low score "
        "excludes nothing.",
        missed=round(missed * 100),
    )


def auc_text(protocol: Mapping[str, Any]) -> str:
    """ "AUC 0.930 (0.905 to 0.951)" of one protocol's metrics, and by which networks where they are others."""
    if not known(protocol, "auc"):
        return NOT_MEASURED
    area = Sentence("AUC {value:.3f} ({low:.3f} to {high:.3f})", **bounds(protocol["auc"]))
    others = by_other_networks(protocol)
    return listed([area, others]) if others else area


def by_other_networks(protocol: Mapping[str, Any]) -> str:
    """By which networks a protocol was measured, where not by the one that scores; else ''."""
    if protocol.get("layers", BUNDLED_LAYERS) == BUNDLED_LAYERS:
        return ""
    return Sentence(
        "by networks of {layers} layers at {size} px, trained alike", layers=protocol["layers"], size=protocol["size"]
    )


def figures(protocol: Mapping[str, Any]) -> str:
    """ "AUC 0.930 (0.905 to 0.951), accuracy 88.1 % (83.0 to 92.4 %), n = 249" of one protocol's metrics."""
    parts = [auc_text(protocol)] if known(protocol, "auc") else []
    if known(protocol, "accuracy"):
        share = {name: 100 * value for name, value in bounds(protocol["accuracy"]).items()}
        parts.append(Sentence("accuracy {value:.1f} % ({low:.1f} to {high:.1f} %)", **share))
    if "n" in protocol:
        parts.append(f"n = {protocol['n']}")
    if not known(protocol, "auc") and (others := by_other_networks(protocol)):
        parts.append(others)
    return listed(parts) if parts else NOT_MEASURED


def listed(parts: Sequence[str]) -> str:
    """The parts with commas, each still to be said in another language; one part is itself."""
    if len(parts) == 1:
        return parts[0]
    named = {f"part{place}": part for place, part in enumerate(parts)}
    return Sentence(", ".join(f"{{{name}}}" for name in named), **named)
