"""The model card's fields that come from measurement: training facts, metrics by protocol.

Everything here is read from a run's `metrics.json`, so that card, report and README cannot disagree. The file itself
(hash, engines, self-check) is the export's part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from covidviewer.inference.card import ABOVE_OTHERS, BELOW_COVID
from training.evaluation.metrics_file import PROTOCOLS, Metrics, ModelFacts
from training.network.config import layers
from training.network.provenance import CT_LINEAGE, training_facts


def card_fields(content: Metrics) -> dict[str, Any]:
    """{"training", "metrics", "probe"} of the card, from what `metrics.json` holds; the threshold where one was chosen
    on clear lungs.
    """
    line = content["calibration"]
    fields: dict[str, Any] = {}
    if chosen_on := line.get("threshold_from"):
        fields = {"threshold": line["threshold"], "threshold_from": chosen_on}
    return fields | {
        "probe": dict(content.get("probe", {})),
        "training": training_of(content),
        "metrics": {
            one.key: protocol(content["columns"][one.column], content["sets"].get(column_set(content, one.column), {}))
            for one in PROTOCOLS
            if content["columns"].get(one.column)
        },
    }


def column_set(content: Metrics, column: str) -> str:
    """Name of the set behind a column."""
    named = {"random": "random test", "grouped": "grouped"}
    return named.get(column) or str(content["columns"][column].get("question", ""))


def protocol(column: Mapping[str, Any], figures: Mapping[str, Any]) -> dict[str, Any]:
    """One protocol in the card's form: intervals by name."""
    sides = {name: bounds(found) for name in (ABOVE_OTHERS, BELOW_COVID) if (found := side(name, column, figures))}
    return {
        "auc": bounds(column["auroc"]),
        "accuracy": bounds(column["accuracy"]),
        "sensitivity": bounds(column["sensitivity"]),
        "specificity": bounds(column["specificity"]),
        **sides,
        "n": column["n"],
        "refused": column["refused"],
        **{key: column[key] for key in ("layers", "size") if key in column},
    }


def side(name: str, column: Mapping[str, Any], figures: Mapping[str, Any]) -> Sequence[float | None] | None:
    """`ABOVE_OTHERS` or `BELOW_COVID` of a column; of an evaluation that did not measure it, its value from the
    confusion matrix, where refused slices count as wrong, without an interval; None where nothing is known.
    """
    if name in column:
        return None if column[name][0] is None else column[name]
    if "confusion" not in figures:
        return None
    (tp, fn), (fp, tn) = figures["confusion"]
    refused = figures["refused_covid"]
    wrong, right = (fp - (figures["refused"] - refused), tn) if name == ABOVE_OTHERS else (fn - refused, tp)
    return [round(wrong / (wrong + right), 5), None, None] if wrong + right else None


def bounds(interval: Sequence[float | None]) -> dict[str, float | None]:
    """[value, low, high] by name; without an interval both ends are the value."""
    value, low, high = interval
    return {"value": value, "low": value if low is None else low, "high": value if high is None else high}


def training_of(content: Metrics) -> dict[str, Any]:
    """What it was trained on, from what, how long, where, and under which licence."""
    run, model = content["run"], content["model"]
    facts = training_facts(run, content["training"])
    pretrained = "; initial weights MIT" if CT_LINEAGE in facts["Started from"] else ""
    return {
        "Data": "SARS-CoV-2 CT-scan dataset (Soares, Angelov et al. 2020), CC BY-NC-SA 4.0",
        "Trained on": trained_on(run.get("used", {}), model),
        "Network": network_of(model),
        **facts,
        "Weights' licence": f"CC BY-NC-SA 4.0, as the data{pretrained}",
    }


def network_of(model: ModelFacts) -> str:
    """The network in words, from what `metrics.json` holds of the model; older ones name no form and no pooling."""
    over = "over the lungs" if model.get("pooling") == "lungs" else "by the maximum"
    *first, last = map(str, model["blocks"])
    depth = f"Residual network of {layers(model['blocks'])} layers, {', '.join(first)} and {last} blocks"
    form = f"of the form {model.get('form', 'v1')}, pooled {over}"
    return f"{depth} {form}, {model['parameters']:,} parameters, {model['size']} px"


def trained_on(used: Mapping[str, Any], model: ModelFacts) -> str:
    """The slices in words, from what `metrics.json` holds of the run and of the model."""
    parts = [f"{used.get('training', '?')} labelled slices"]
    if used.get("extra"):
        parts.append(f"{used['extra']} clear LUNA16 slices (even scans), half of those with synthetic opacities")
    if used.get("outlined"):
        parts.append(f"{used['outlined']} slices of COVID-19 patients with outlined lesions (MedSeg, COVID-19-CT-Seg)")
    if drawn := model.get("drawn", 0.0):
        parts.append(f"synthetic opacities in {drawn:.1%} of the clear labelled ones")
    return "; ".join(parts)
