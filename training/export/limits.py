"""What an exported file may differ from the network it was made of; beyond that it is broken and is not written.

What int8 costs a network that was trained to an end stays within them (1.0c9195ae: 4 of 249 labels changed, mean
difference of the probability 0.014, one slice rejected that float32 scores; 1.444e2e1e: 2 and 0.004), and what a broken
one shows is far beyond (half of the labels changed, all of its own slices rejected).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from covidviewer.errors import BrokenModel

LABELS_CHANGED = 0.02
"""Share of the slices whose label may change by rounding: those that the network itself is undecided on."""
ONE = 1
"""A single slice is no share: an engine may have been asked for eight only."""
PROBABILITY_DIFFERENCE = 0.05
"""Mean difference of the calibrated probability: more would move slices from one band of words to the next."""
REFUSED = 0.05
"""Share of slices like the training ones that the detector may turn away; it is set to turn away 0.5 %."""


def check_agreement(agreements: Mapping[str, Mapping[str, Any]]) -> None:
    """Hold each engine's `agreement` against the limits. Raises `BrokenModel` naming the first engine beyond one."""
    for engine, found in agreements.items():
        slices, changed = int(found["slices"]), int(found["labels_changed"])
        if changed > max(ONE, LABELS_CHANGED * slices):
            raise BrokenModel(
                "Nothing was written: with {engine} the exported file gives {changed} of {slices} slices another label "
                "than the run's network (at most {limit:.0f} % may change); train it longer.",
                engine=engine,
                changed=changed,
                slices=slices,
                limit=100 * LABELS_CHANGED,
            )
        if not found["mean_probability_difference"] <= PROBABILITY_DIFFERENCE:
            raise BrokenModel(
                "Nothing was written: with {engine} the exported file's probabilities are {found:.3f} off the run's "
                "network in the mean (at most {limit}); train it longer.",
                engine=engine,
                found=found["mean_probability_difference"],
                limit=PROBABILITY_DIFFERENCE,
            )
        alone = int(found["refused_not_by_float32"])
        if alone > max(ONE, REFUSED * slices):
            raise BrokenModel(
                "Nothing was written: with {engine} the detector refuses {alone} of {slices} slices that it lets "
                "the run's network score (at most {limit:.0f} %).",
                engine=engine,
                alone=alone,
                slices=slices,
                limit=100 * REFUSED,
            )


def check_refusals(refused: Mapping[str, float]) -> None:
    """Hold the share of held-out slices that the detector refuses with each engine against the limit.

    Raises `BrokenModel`.
    """
    for engine, share in refused.items():
        if not share <= REFUSED:  # NaN is no share, and no file is written on it
            raise BrokenModel(
                "Nothing was written: with {engine} the detector refuses {share:.0f} % of the validation slices "
                "(at most {limit:.0f} %); its features differ too much between engines or from the training slices'.",
                engine=engine,
                share=100 * share,
                limit=100 * REFUSED,
            )
