"""The report's measured parts.

Results, calibration, decisions, protocols, robustness, refusals, failures, explanation, engines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from training.evaluation.metrics_file import Metrics
from training.reporting import figures
from training.reporting.blocks import Block, Figure, Table, Text
from training.reporting.probe_table import table as probe_table
from training.reporting.results_table import UNKNOWN, number, percent, table

Content = Metrics
TEST = "random test"
NOT_MEASURED = "Not measured for this run: it was evaluated with --quick or without the pictures that this needs."


def results(content: Content) -> list[Block]:
    """Loss and accuracy beside the paper's; confusion; every figure with its interval."""
    sets, paper = content["sets"], content["paper"]
    rows = [["set", "ours", "paper, figure 5", "paper, section 5"]]
    for part, name in (("train", "train"), ("validation", "validation"), (TEST, "test")):
        own = sets.get(part)
        loss = f", loss {own['calibration']['after']['log_loss']:.4f}" if own and own["calibration"] else ""
        ours = f"{percent(own['accuracy'])}{loss}" if own else "not measured"
        rows.append([name, ours, *(paper_cell(paper[figure][name]) for figure in ("figure 5", "section 5"))])
    test = sets[TEST]
    measures = [["figure on the random test slices", "value and 95 % interval"]]
    for key in ("accuracy", "sensitivity", "specificity", "ppv", "npv"):
        measures += [[key.upper() if key in ("ppv", "npv") else key, percent(test[key])]]
    measures += [[key.upper(), number(test[key])] for key in ("f1", "mcc", "auroc", "auprc")]
    without = percent([test["accuracy_of_accepted"], None, None])
    measures += [
        ["refused", f"{test['refused']} of {test['n']}, counted as wrong above; accuracy without them {without}"]
    ]
    prevalences = [["prevalence", "PPV", "NPV"]] + [
        [percent([row[key], None, None]) for key in ("prevalence", "ppv", "npv")] for row in test["predictive_values"]
    ]
    blocks: list[Block] = [
        Table(rows, "Accuracy and loss per set beside the paper's two sets of figures; our loss is after calibration."),
        Figure("confusion", figures.confusion(test["confusion"]), "Confusion matrix of the random test slices."),
        Table(class_report(test["confusion"]), "Classification report."),
        Table(measures, f"Intervals: {test['intervals']}."),
        Table(prevalences, "What the same sensitivity and specificity mean where the disease is rarer."),
    ]
    if "against_floors" in content:
        rows = [["baseline", "only ours right", "only the baseline right", "p (exact McNemar)"]]
        rows += [
            [name, str(row["only_first"]), str(row["only_second"]), f"{row['p']:.2g}"]
            for name, row in content["against_floors"].items()
        ]
        blocks.append(Table(rows, "Ours against each baseline on the same test slices."))
    return blocks


def paper_cell(pair: Sequence[float | None]) -> str:
    """ "98.8 %, loss 0.0597"."""
    accuracy, loss = pair
    return percent([accuracy, None, None]) + (f", loss {loss:.4f}" if loss is not None else "")


def class_report(counts: Sequence[Sequence[int]]) -> list[list[str]]:
    """Precision, recall and F1 of both classes, beside the paper's."""
    (tp, fn), (fp, tn) = counts
    rows = [["class", "precision", "recall", "F1", "slices", "paper: precision, recall"]]
    for name, hit, missed, false, theirs in (
        ("COVID", tp, fn, fp, "0.97, 0.94"),
        ("non-COVID", tn, fp, fn, "0.94, 0.97"),
    ):
        precision, recall = hit / max(1, hit + false), hit / max(1, hit + missed)
        f1 = 2 * hit / max(1, 2 * hit + false + missed)
        rows.append([name, f"{precision:.3f}", f"{recall:.3f}", f"{f1:.3f}", str(hit + missed), theirs])
    return rows


def calibration(content: Content) -> list[Block]:
    """Reliability, ECE, Brier, slope and intercept before and after calibration."""
    shown = {name: content["sets"][name] for name in (TEST, "grouped") if name in content["sets"]}
    rows = [["set", "calibration", "ECE", "Brier", "log loss", "slope", "intercept"]]
    for name, figure in shown.items():
        for when, row in figure["calibration"].items():
            rows.append(
                [name, when, *(f"{row[key]:.3f}" for key in ("ece", "brier", "log_loss", "slope", "intercept"))]
            )
    bins = [["set", "bin", "slices", "mean probability", "share of COVID"]]
    for name, figure in shown.items():
        for row in figure["reliability"]:
            edge = f"{row['low']:.1f} to {row['high']:.1f}"
            bins.append([name, edge, str(row["count"]), f"{row['mean_probability']:.3f}", f"{row['covid_share']:.3f}"])
    chance = [["set", "ECE", "of a perfect model: median", "95 %"]]
    for name, figure in shown.items():
        if at_best := figure.get("ece_chance"):
            chance.append([name, f"{figure['ece']:.3f}", f"{at_best['median']:.3f}", f"{at_best['high']:.3f}"])
    picture = figures.reliability({name: figure["reliability"] for name, figure in shown.items()})
    return [
        Figure("reliability", picture, "Reliability after calibration; a perfect model lies on the diagonal."),
        Table(rows, "Before and after the line that validation chose; ECE over ten bins of equal width."),
        Table(chance, "What the same ECE is of a perfect model with these scores: below its 95 % there is no fault."),
        Table(bins, "The bins of the expected calibration error."),
    ]


def threshold_text(threshold: float, chosen: Mapping[str, Any] | None) -> str:
    """How the threshold of a call was chosen, `chosen` being the slices; empty or None where it is one half."""
    if not chosen:
        return "A slice is called COVID from a probability of one half."
    return (
        f"A slice is called COVID from a probability of {threshold:.3f}: {chosen['share_below']:.0%} of "
        f"{chosen['slices']} slices of {chosen['source']} stay below it ({chosen['refused']} more were refused). Those "
        "scans were trained on as clear lungs; scans with an odd number measure the threshold."
    )


def decisions(content: Content) -> list[Block]:
    """Operating points and decision curve."""
    test, line = content["sets"][TEST], content["calibration"]
    rows = [["set", "operating point", "threshold", "sensitivity", "specificity"]]
    rows += [
        [name, row["name"], f"{row['threshold']:.3f}", percent(row["sensitivity"]), percent(row["specificity"])]
        for name, figure in content["sets"].items()
        if name == TEST or figure.get("main")
        for row in figure["operating_points"]
    ]
    blocks: list[Block] = [
        Text(threshold_text(line["threshold"], line.get("threshold_from"))),
        Table(rows, f"Intervals of the random test: {test['intervals']}; elsewhere over groups."),
    ]
    if test["decision_curve"]:
        blocks.append(
            Figure(
                "decision-curve",
                figures.decision_curve(test["decision_curve"]),
                "Decision curve at this test's prevalence.",
            )
        )
    return blocks


def protocols(content: Content, others: Sequence[Content]) -> list[Block]:
    """Four protocols, baselines, every external question, spread over seeds."""
    sets = content["sets"]
    asked = {name: row for name, row in sets.items() if "column" in row}
    curves = {name: sets[name]["roc"] for name in (TEST, "grouped", *asked) if name in sets and sets[name]["roc"]}
    blocks: list[Block] = [
        Table(table(content), "Accuracy and AUC with 95 % intervals; other disease is expected to lie near chance."),
        Figure(
            "protocols",
            figures.protocols(content),
            "AUROC by protocol, with 95 % intervals; the dotted line is chance.",
        ),
        Figure("roc", figures.roc(curves), "ROC curves."),
    ]
    if asked:
        rows = [["question", "column", "n", "accuracy", "AUROC", "refused"]]
        rows += [
            [name, row["column"], str(row["n"]), percent(row["accuracy"]), number(row["auroc"]), str(row["refused"])]
            for name, row in asked.items()
        ]
        blocks.append(
            Table(
                rows,
                "Every external question; part 6 tells how often each was looked at. Two series are two patients: "
                "no interval speaks for more.",
            )
        )
    if found := content.get("grouped_against_floors"):
        rows = [["baseline", "slices", "accuracy: ours minus the baseline's", "AUC: ours minus the baseline's"]]
        rows += [
            [name, str(row["n"]), difference(row["accuracy"], 100, 1, " %"), difference(row["auroc"], 1, 3, "")]
            for name, row in found.items()
        ]
        blocks.append(
            Table(
                rows,
                "The grouped folds: our networks against each baseline on the same slices. 95 % intervals by bootstrap "
                "over groups, the same groups drawn for both; where one holds 0, the two cannot be told apart.",
            )
        )
    if "folds" in content:
        rows = [["fold", "n", "accuracy", "AUROC"]]
        rows += [
            [str(row["fold"]), str(row["n"]), percent(row["accuracy"]), number(row["auroc"])]
            for row in content["folds"]
        ]
        blocks.append(Table(rows, "The grouped folds one by one."))
    seeds = [one for one in (content, *others) if "random" in one["columns"]]
    rows = [["config", "seed", "random: accuracy", "random: AUROC"]]
    rows += [
        [
            str(one["run"].get("config", "")),
            str(one["run"].get("seed", "")),
            percent(one["columns"]["random"]["accuracy"]),
            number(one["columns"]["random"]["auroc"]),
        ]
        for one in seeds
    ]
    words = (
        "" if len(seeds) >= 3 else f" Only {len(seeds)} of at least 3 seeds was trained, so the spread is not known."
    )
    blocks.append(Table(rows, f"Spread over seeds.{words}"))
    return blocks


def difference(interval: Sequence[float | None], factor: float, digits: int, unit: str) -> str:
    """ "+2.1 % (-0.4 to +4.6)"; without an interval the value alone."""
    value, low, high = (None if one is None else f"{one * factor:+.{digits}f}" for one in interval)
    if value is None:
        return UNKNOWN
    return f"{value}{unit}" + (f" ({low} to {high})" if low is not None else "")


def robustness(content: Content) -> list[Block]:
    """The distortions."""
    if not content.get("robustness"):
        return [Text(NOT_MEASURED)]
    rows = [["distortion", "n", "median change of the score", "largest", "label kept", "no longer accepted", "AUROC"]]
    for row in content["robustness"]:
        kept = percent([row["label_kept"], None, None])
        rows.append(
            [
                row["name"],
                str(row["n"]),
                str(row["median_change"]),
                str(row["largest_change"]),
                kept,
                str(row["no_longer_accepted"]),
                str(row["auroc"]),
            ]
        )
    return [
        Table(
            rows,
            "The random test slices, distorted one way at a time. Most pictures of this set are cut where the lungs "
            "end: pasted into a field of air as they are, their lungs lie open to it, which no scan shows. The last "
            "row fills in the chest wall where the picture ends.",
        )
    ]


def ood_section(content: Content) -> list[Block]:
    """Pictures to refuse, and subgroups."""
    blocks: list[Block] = []
    if content.get("strangers"):
        rows = [["kind", "n", "no lungs found", "too far from training slices", "refused", "AUROC"]]
        for name, row in content["strangers"].items():
            rows.append(
                [
                    name,
                    str(row["n"]),
                    str(row["no_lungs"]),
                    str(row["too_far"]),
                    percent([row["refused_share"], None, None]),
                    str(row.get("auroc", "")),
                ]
            )
        blocks.append(
            Table(rows, 'Kinds of pictures that must be refused; "ct-other" is borderline and not part of "all".')
        )
    else:
        blocks.append(Text("Pictures that must be refused: " + NOT_MEASURED.lower()))
    rows = [["subgroup of the random test slices", "n", "accuracy", "AUROC"]]
    rows += [
        [row["name"], str(row["n"]), percent(row["accuracy"]), f"{row['auroc']:.3f}"] for row in content["subgroups"]
    ]
    return [*blocks, Table(rows, "By thirds of what is known of a slice; age, sex and scanner are not.")]


def failures(content: Content) -> list[Block]:
    """Every wrong test slice by name."""
    rows = [["test slice", "calibrated probability of COVID", "refused because"]]
    rows += [
        [row["name"], "" if row["p_covid"] is None else f"{row['p_covid']:.3f}", row["reason"]]
        for row in content["wrong"]
    ]
    return [
        Text(
            f"{len(content['wrong'])} of {content['sets'][TEST]['n']} test slices were called wrong "
            "or refused. Their pictures are not shown here."
        ),
        Table(rows, "Surest mistakes first. The label is the folder's."),
    ]


def seen_from_outside(content: Content) -> list[Block]:
    """The probe's figures, each beside its bound."""
    found = content.get("probe")
    if not found or not found["rows"]:
        return [Text("Asked from outside (python -m training probe): " + NOT_MEASURED.lower())]
    missed = sum(row["met"] is False for row in found["rows"])
    bounds = sum(row["met"] is not None for row in found["rows"])
    return [
        Text(
            "What the program makes of clear lungs of other scanners, of the same with one opacity painted in, of "
            "phantoms, and of one slice stored in several ways, through its own analyser. The bounds were set before; "
            f"{missed} of {bounds} are missed."
        ),
        Table(
            probe_table(found),
            "Intervals: bootstrap over scans, Wilson for phantoms; none for a single patient. The opacity is painted "
            "by other means than those that training draws with.",
        ),
    ]


def explanation(content: Content) -> list[Block]:
    """What the model sees, asked from outside, and checks of the heat maps."""
    found = content.get("explanation")
    if not found:
        return [*seen_from_outside(content), Text(NOT_MEASURED)]
    rows = [["check", "figure"]] + [
        [key.replace("_", " "), str(value)]
        for key, value in found.items()
        if key not in ("phantom_heat", "phantom_logits")
    ]
    rows += [
        [f"logits of phantoms, {name}", ", ".join(str(one) for one in values)]
        for name, values in found["phantom_logits"].items()
    ]
    return [
        *seen_from_outside(content),
        Text(
            "The heat is the last feature map weighted by the difference of the head's two columns, "
            "in logit units. It says where the features "
            "lie that raise the score; it does not say why, and it is no outline of a lesion."
        ),
        Table(
            rows, "With random weights the same map must look different, else it shows the picture and not the network."
        ),
    ]


def engines(card: Mapping[str, Any] | None) -> list[Block]:
    """Agreement of the exported file with the network."""
    agreement = (card or {}).get("agreement", {})
    if not agreement:
        return [Text("The program's file was not exported when this report was written.")]
    rows = [["figure", "value"]]
    for engine, found in agreement.items():
        if isinstance(found, Mapping):
            rows += [[f"{engine}: {key.replace('_', ' ')}", str(value)] for key, value in found.items()]
        else:
            rows.append([str(engine), str(found)])
    return [Table(rows, "The exported int8 file on each engine against Keras in float32.")]
