"""The threshold of a call, chosen on clear lungs of another source than the labelled slices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from covidviewer.errors import UnreadableFile
from covidviewer.inference.card import CARD_FILE, ModelCard
from training.data.samples import Sample
from training.evaluation.scoring import score
from training.evaluation.scoring_model import ScoringModel
from training.evaluation.shipped_model import ShippedModel
from training.export.package_model import refill_fields
from training.statistics.calibration import BELOW, Calibration, clear_threshold

SOURCE = "clear lungs of LUNA16 scans with an even number"


def with_clear_threshold(
    scoring_model: ScoringModel, clear: Sequence[Sample], calibration: Calibration
) -> tuple[Calibration, dict[str, Any]]:
    """The calibration with the threshold that most clear lungs stay below, and what it was chosen on, of JSON types.

    Refused slices have no score and take no part. Raises `UnreadableFile` where all were refused.
    """
    scored, _ = score(scoring_model, clear)
    has = scored.accepted
    if not has.any():
        raise UnreadableFile("In none of the {count} clear slices were lungs found.", count=len(clear))
    threshold = min(1.0, round(clear_threshold(calibration.probability(scored.logits[has])) + 5e-5, 4))
    chosen_on = {"source": SOURCE, "share_below": BELOW, "slices": int(has.sum()), "refused": int((~has).sum())}
    return replace(calibration, threshold=threshold), chosen_on


def choose_threshold(model: Path, clear: Sequence[Sample]) -> ModelCard:
    """Give the card of an exported model the threshold that most of these clear slices stay below; the new card.

    Raises `BrokenModel`, and `UnreadableFile` where no slice has lungs.
    """
    scoring_model = ShippedModel(model)
    card = scoring_model.bundle.card
    calibration, chosen_on = with_clear_threshold(scoring_model, clear, Calibration(card.temperature, card.offset))
    return refill_fields(model / CARD_FILE, {"threshold": calibration.threshold, "threshold_from": chosen_on})
