"""The report's parts about the data, the training and the model; the measured parts are in `results`.

From `metrics.json` alone.
"""

from __future__ import annotations

from covidviewer.disclaimer import LIMIT_SENTENCE
from covidviewer.inference.card_text import by_other_networks
from training.evaluation.metrics_file import Metrics
from training.network.config import RESNET101
from training.network.provenance import energy, started_from
from training.reporting import figures
from training.reporting.blocks import Block, Figure, Table, Text
from training.reporting.results import threshold_text
from training.reporting.results_table import number, outside_text, percent, table

UNKNOWN = "not known: the data set does not say"
Content = Metrics


def summary(content: Content) -> str:
    """n, protocol, main metric and interval, the honest figure first."""
    grouped, random = content["columns"].get("grouped"), content["columns"]["random"]
    first = (
        f"Grouped five-fold test (n = {grouped['n']}): AUC {number(grouped['auroc'])}, accuracy "
        f"{', '.join(filter(None, (percent(grouped['accuracy']), by_other_networks(grouped))))}. "
        if grouped
        else "The grouped five-fold figure was not measured for this run. "
    )
    outside = outside_text(content)
    lead = f"{outside} " if outside else ""
    return (
        f"{LIMIT_SENTENCE} {lead}{first}Random split (n = {random['n']}): AUC {number(random['auroc'])}, accuracy "
        f"{percent(random['accuracy'])}; "
        "slices of one patient stand on both sides of a random split, so this figure is flattering. Research use only."
    )


def purpose(content: Content) -> list[Block]:
    """What it is for."""
    return [
        Text(
            f"{LIMIT_SENTENCE} It is a retrospective study of an artificial neural network on published "
            "slices, for research and teaching."
        ),
        Text(
            "For: researchers who reproduce or criticise such models, and readers who want to see what one looks at. "
            "Not for: diagnosis, triage, screening, treatment, or any decision about a person. Not a medical device."
        ),
        Text(
            "Background: a published ResNet101 reports 95.58 % on a random split of this data set. "
            "The aim is to reproduce that figure, "
            "to say what it is worth beside baselines that cannot know the disease, and to measure the "
            "same network on slices it shares no "
            "patient with."
        ),
        Text(summary(content)),
    ]


def data(content: Content) -> list[Block]:
    """Where the slices come from and what is not known of them."""
    run, grouping = content["run"], content.get("grouping", {})
    rows = [
        ["", "SARS-CoV-2 CT-scan dataset"],
        ["source", "Soares, Angelov et al. 2020, public; hospitals of São Paulo, Brazil; published 2020"],
        ["slices", "2,481: 1,252 of patients with, 1,229 of patients without a positive SARS-CoV-2 test"],
        ["licence", "CC BY-NC-SA 4.0"],
        ["hash of the file list", str(run.get("files_sha256", "not recorded"))],
        [
            "reference standard",
            "the patient's test result, as the authors state it; a slice carries its patient's label",
        ],
        ["annotators, agreement between readers", "none: slices were not read one by one"],
        ["age, sex, severity, scanner, dose, protocol", UNKNOWN],
        ["patient of a slice", UNKNOWN],
        ["identifying data", "none in the pictures; the authors removed it"],
        ["missing", "Non-Covid (151).png does not exist"],
        ["duplicates", "COVID (128) = (129), (134) = (135), byte for byte; near-duplicates are kept in one group"],
        ["left out of the grouped folds", str(grouping.get("left_out", "not measured")) + " slices in guard gaps"],
    ]
    used = run.get("used", {})
    return [
        Table(rows, "The data set. What is not known is not guessed."),
        Text(
            f"Used: {used.get('training', 'not recorded')} training and "
            f"{used.get('validation', 'not recorded')} validation slices in which "
            f"lungs were found, and {used.get('extra', 0)} slices of LUNA16 scans with an even number "
            "(CC BY 3.0), half of them with drawn "
            "opacities. Slices without lungs are refused, in training and in the program, and count "
            "as wrong in every accuracy here."
        ),
        Text(
            "Other sources were never trained on: COVID-CT (figures cut out of papers, without "
            "Hounsfield units), LUNA16 scans with an odd "
            "number, and three CT series (COVID-19, other pneumonia, normal)."
        ),
    ]


def samples(content: Content) -> list[Block]:
    """What slices look like, and what trivial methods make of them."""
    heat = content.get("explanation", {}).get("phantom_heat")
    blocks: list[Block] = [
        Text(
            "Patients' pictures are not part of this report. python -m training visualise writes "
            "annotated samples of both classes where "
            "the data is; below are phantoms, computed, not scanned."
        ),
        Figure(
            "phantoms",
            figures.phantoms(heat),
            "Synthetic thorax without and with opacities, and the network's class activation.",
        ),
        Text(
            "Sizes are 182 to 534 by 119 to 416 pixels, median 346 x 257 (COVID) and 361 x 268 "
            "(non-COVID). The table below says how well "
            "size, border brightness and corners alone tell the classes apart on a random split: "
            "framing and exposure leak the class, "
            "so both are calibrated away by the framing and jittered in training. Colour mode leaks "
            "too: everything is read as grey."
        ),
        Text(
            "Sample size was given by the data set. At 249 slices an accuracy of 95.6 % has an "
            "interval of 92.2 to 97.5 %: one point is noise."
        ),
    ]
    methods = content.get("floors", {}).get("methods", {})
    rows = [["baseline", "random", "grouped"]]
    for name, row in methods.items():
        cells = [
            f"{percent(row[one]['accuracy'])}, AUC {number(row[one]['auroc'])}" if one in row else ""
            for one in ("random", "grouped")
        ]
        rows.append([name, *cells])
    if len(rows) > 1:
        blocks.append(
            Table(rows, "What methods that know nothing of lungs reach; only the opacity numbers look inside them.")
        )
    return blocks


def partition(content: Content) -> list[Block]:
    """Preprocessing to the letter, and who is separated from whom."""
    sizes, grouping = content["run"].get("split_sizes", {}), content.get("grouping", {})
    blocks: list[Block] = [
        Text(
            "Each slice: longer side to 256 pixels, Gaussian blur of 1.5, threshold (Otsu, or -400 "
            "HU where Hounsfield units are known), dark "
            "regions inside the body, convex hull of each: the lung hull. Lung air (20th percentile "
            "inside) becomes 0 and soft tissue (median "
            "around) 1, or -905 and +25 HU where Hounsfield units are known; clipped to -0.3..1.3. A "
            "square around the hull with a margin of "
            "4 % is resampled to 224 x 224; outside of the hull is set to 1. The hull is the second "
            "channel. The program does the same with "
            "the same code."
        ),
        Text(
            "2,481 slices -> stratified at random, seed 2020 -> "
            f"{sizes.get('train', '?')} training, {sizes.get('validation', '?')} validation, "
            f"{sizes.get('test', '?')} test. "
            "Level of the random split: the slice. No name stands in two parts (asserted when the file is read)."
        ),
    ]
    if grouping:
        rows = [["", "grouped folds"]] + [
            [key.replace("_", " "), str(value)]
            for key, value in grouping.items()
            if key not in ("sensitivity", "protocol")
        ]
        blocks.append(
            Table(
                rows,
                "How groups were made. Level of the grouped folds: runs of neighbouring numbers joined by likeness.",
            )
        )
        sensitivity = grouping.get("sensitivity", [])
        if sensitivity:
            names = list(sensitivity[0])
            rows = [
                [name.replace("_", " ") for name in names],
                *[[str(row[name]) for name in names] for row in sensitivity],
            ]
            blocks.append(
                Table(
                    rows,
                    "AUC of two methods for three thresholds and three guard gaps: the figure hardly "
                    "hangs on the choice.",
                )
            )
    return blocks


def training(content: Content) -> list[Block]:
    """Network summary and training."""
    model, run, log = content["model"], content["run"], content["training"]
    names = ("conv2", "conv3", "conv4", "conv5")
    rows = [["layer", "output", "blocks"], ["input", f"{model['size']} x {model['size']} x 3 (crop, crop, hull)", ""]]
    rows.append(["conv1 7x7, max pooling", f"{model['size'] // 4} x {model['size'] // 4} x 64", ""])
    for index, (name, count) in enumerate(zip(names, model["blocks"], strict=True)):
        edge = -(-model["size"] // (4 * 2**index))
        rows.append([name, f"{edge} x {edge} x {256 * 2**index}", str(count)])
    pooling = "mean over the lungs" if model.get("pooling") == "lungs" else "global max pooling"
    rows += [[pooling, "2048", ""], ["Dense, softmax", "2", ""]]
    depth = "ResNet101" if tuple(model["blocks"]) == RESNET101 else "the same blocks, fewer of them"
    facts = [["", "training"]] + [
        [key.replace("_", " "), str(run[key])]
        for key in ("config", "command", "seed", "backend", "precision", "machine", "used")
        if key in run
    ]
    facts += [["started from", started_from(run)]]
    facts += [["epochs", str(log["epochs"])], ["hours", str(log["hours"])], ["energy", energy(run, log)]]
    blocks: list[Block] = [
        Table(
            rows,
            f"{depth}: {model['parameters']:,} parameters, {model['trainable_parameters']:,} "
            f"trainable, {model['multiply_adds']:,} multiply-adds.",
        ),
        Table(
            facts, "Settings; each phase's are in the config beside this report's command. One network, no ensemble."
        ),
    ]
    if log["curve"]:
        blocks.append(
            Figure("curves", figures.curves(log["curve"]), "Loss and accuracy by epoch; dotted lines part the phases.")
        )
    return blocks


def selection(content: Content) -> list[Block]:
    """How model and threshold were chosen."""
    calibration = content["calibration"]
    return [
        Text(
            "The averaged weights after the recipe's last epoch are the model; validation slices of the grouped folds "
            "chose the recipe, and those of the random split temperature and offset. Test slices and other sources "
            "were measured afterwards; how often, stands below."
        ),
        Text(
            f"The log odds are divided by {calibration['temperature']:.3f}, and {calibration['offset']:+.3f} is added: "
            f"the regression line of the truth on the log odds of {calibration['n']} validation slices. "
            + threshold_text(calibration["threshold"], calibration.get("threshold_from"))
        ),
        Text(
            "The program shows the number with words for its band, and how many slices of other sources score as high. "
            "It is a probability on this data set's slices alone."
        ),
        Table(table(content), "The results at one glance: accuracy and AUC with 95 % intervals."),
    ]


def limits() -> list[Block]:
    """What it cannot do."""
    return [
        Text(
            f"{LIMIT_SENTENCE} The negatives of the data set are nearly clear lungs, so every method tried, "
            "ours and sixteen numbers alike, scores other "
            "pneumonia as high as COVID-19. To tune until that looked learned would be dishonest."
        ),
        Text(
            "Patients, ages, sexes and scanners of the slices are not known: fairness across them "
            "cannot be examined. Grouping by number and "
            "likeness keeps most slices of a patient together, but cannot be proven to keep all. "
            "Labels are of patients, not of slices: a clear "
            "slice of an ill patient is labelled COVID."
        ),
        Text(
            "Risks: a high score read as a diagnosis, a low score read as health, heat maps read as "
            "lesions. Ethics: published, anonymous data; "
            "no approval was needed or sought, no trial was registered, no patients took part, there "
            "is no funding and no conflict of interest."
        ),
        Text("To use it on a hospital's own data, train and calibrate there, and test by patient."),
    ]


def versions(content: Content) -> list[Block]:
    """How to do it again."""
    run = content["run"]
    rows = [["package", "version"], *[[name, version] for name, version in run.get("versions", {}).items()]]
    rows += [["Python", str(run.get("python", "not recorded"))], ["commit", str(run.get("commit") or "not recorded")]]
    rows.append(["checkpoint's SHA-256", content["model"]["checkpoint_sha256"]])
    return [
        Text(str(run.get("command", "not recorded")), code=True),
        Table(
            rows,
            "Code, splits, configs and this report's maker are in the repository; the weights are in "
            "the program's model file.",
        ),
        Text(
            "The protocol is docs/training.md, the experiments that led to the recipe are in "
            "docs/experiments.md. Code: Apache-2.0."
        ),
    ]
