"""From a slice to its result: rules, framing, opacity, network, distance, calibration. Owned by one thread.

It never raises for a picture's content: a slice without a score has a reason.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import CovidViewerError
from covidviewer.imaging.lungs.box import Box
from covidviewer.imaging.lungs.framing import Framing, Unframed, frame_lungs, model_input
from covidviewer.imaging.lungs.opacity import Opacity, measure_opacity
from covidviewer.inference.activation_map import lung_cells, lungs_map, maximum_map
from covidviewer.inference.calibration import calibrated_logits, probability
from covidviewer.inference.card import Pooling
from covidviewer.inference.input_checks import rejected_by_distance, rejected_by_rule
from covidviewer.inference.results import Label, Outcome, Result
from covidviewer.inference.training_parts import Part
from covidviewer.inference.training_slices import grey_digest
from covidviewer.texts import N_

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Slice
    from covidviewer.inference.bundle import Bundle
    from covidviewer.inference.classifier import Classifier, Predictions

log = logging.getLogger(__name__)

BATCH: Final = 16
"""Slices that the network sees at once in `analyse_many`."""
STRANGE_SLICE: Final = N_("This slice could not be analysed; see the log for details.")
NO_NUMBER: Final = N_("The model returned a non-finite score for this slice.")


@dataclass(frozen=True, eq=False)
class Prepared:
    """A slice ready for the network: what was found on it, its input, the milliseconds that this took, and the digest
    by which a model knows its training slices.
    """

    framing: Framing
    opacity: Opacity | None
    model_input: NDArray[np.float32]
    milliseconds: float = 0.0
    digest: int | None = None


class Analyser:
    """Scores slices with one classifier and what its bundle says of it.

    Parameters
    ----------
    classifier
        An engine with the network loaded. Owned from here on: `close` and `change_to` close it.
    bundle
        Card, head weights and detector of that network.

    Construct, use and close it on one thread, the classifier's.
    """

    def __init__(self, classifier: Classifier, bundle: Bundle) -> None:
        self._classifier = classifier
        self._bundle = bundle

    @property
    def classifier(self) -> Classifier:
        """What computes now; `change_to` closes it."""
        return self._classifier

    @property
    def engine(self) -> str:
        """The engine that computes now."""
        return self._classifier.engine

    @property
    def device(self) -> str:
        """What computes now, for people."""
        return self._classifier.device

    @property
    def bundle(self) -> Bundle:
        """The model."""
        return self._bundle

    def change_to(self, classifier: Classifier) -> None:
        """Go on with another engine from the next slice on; the old one is closed."""
        old, self._classifier = self._classifier, classifier
        old.close()

    def close(self) -> None:
        """Release the model. Calling it twice is harmless."""
        self._classifier.close()

    def analyse(self, slice_: Slice, box: Box | None = None) -> Result:
        """Score one slice; `box` overrides where the framing would cut, when a person moved it."""
        return next(self.classify_prepared([prepare_safely(slice_, box)]))

    def analyse_many(self, slices: Iterable[Slice]) -> Iterator[Result]:
        """Score slices in batches; one result each, in their order, as soon as its batch is done.

        At most `BATCH` prepared slices are held at a time, and none of the slices themselves.
        """
        waiting: list[Prepared | Result] = []
        for slice_ in slices:
            waiting.append(prepare_safely(slice_))
            if sum(isinstance(one, Prepared) for one in waiting) == BATCH:
                yield from self.classify_prepared(waiting)
                waiting = []
        yield from self.classify_prepared(waiting)

    def classify_prepared(self, waiting: Sequence[Prepared | Result]) -> Iterator[Result]:
        """The results of one batch that `prepare_safely` made, here or in another process, in its order."""
        scored = iter(self._score([one for one in waiting if isinstance(one, Prepared)]))
        for one in waiting:
            if isinstance(one, Prepared):
                yield next(scored)
            else:
                yield replace(one, model_version=self._bundle.card.version)

    def _score(self, batch: list[Prepared]) -> list[Result]:
        if not batch:
            return []
        began = time.perf_counter()
        try:
            predictions = self._classifier.predict(np.stack([one.model_input for one in batch]))
            results = [self._to_result(one, predictions, row) for row, one in enumerate(batch)]
        except CovidViewerError as error:
            results = [seen(one, Outcome.FAILED, str(error)) for one in batch]
        each = (time.perf_counter() - began) * 1000 / len(batch)
        return [
            replace(
                result,
                engine=self.engine,
                device=self.device,
                model_version=self._bundle.card.version,
                milliseconds=one.milliseconds + each,
                training_set=self._bundle.training_slices.part(one.digest),
            )
            for one, result in zip(batch, results, strict=True)
        ]

    def _to_result(self, one: Prepared, predictions: Predictions, row: int) -> Result:
        """The verdict on one row of the network's answer."""
        card = self._bundle.card
        this = slice(row, row + 1)
        logit = float(calibrated_logits(predictions.probabilities[this], card.temperature, card.offset)[0])
        if not np.isfinite(logit):
            return seen(one, Outcome.FAILED, NO_NUMBER)
        ood_score = float(self._bundle.ood_detector.ood_scores(predictions.features[this])[0])
        refused = rejected_by_distance(ood_score, self._bundle.training_slices.part(one.digest) is Part.TRAINING)
        if refused is not None:
            return replace(seen(one, Outcome.INDETERMINATE, refused), ood_score=ood_score)
        p_covid = probability(logit)
        return Result(
            Outcome.SCORED,
            p_covid=p_covid,
            logit_covid=logit,
            label=Label.COVID if p_covid >= card.threshold else Label.NON_COVID,
            ood_score=ood_score,
            framing=one.framing,
            opacity=one.opacity,
            heat_map=self._heat_map(one, predictions.feature_maps[row]),
            model_input=one.model_input,
        )

    def _heat_map(self, one: Prepared, feature_map: NDArray[np.float32]) -> NDArray[np.float32]:
        """What each cell added to the log odds, by the network's own pooling, turned as the slice is stored."""
        kernel, temperature = self._bundle.kernel, self._bundle.card.temperature
        if self._bundle.card.pooling is Pooling.MAX:
            heat = maximum_map(feature_map, kernel, temperature)
        else:
            cells = lung_cells(one.model_input[..., 1], len(feature_map))
            heat = lungs_map(feature_map, cells, kernel, temperature)
        return one.framing.turn.from_standard(heat)


def prepare_safely(slice_: Slice, box: Box | None = None) -> Prepared | Result:
    """`prepare` with its milliseconds; whatever the slice does to it, there is a result. Any thread or process."""
    began = time.perf_counter()
    try:
        prepared = prepare(slice_, box)
    except CovidViewerError as error:
        prepared = Result(Outcome.FAILED, str(error))
    except Exception:
        log.exception("Preparing a slice of %s pixels failed", slice_.values.shape)
        prepared = Result(Outcome.FAILED, STRANGE_SLICE)
    return replace(prepared, milliseconds=(time.perf_counter() - began) * 1000)


def prepare(slice_: Slice, box: Box | None) -> Prepared | Result:
    """Rules, framing, opacity and the network's input; a result where one of them refuses."""
    reason = rejected_by_rule(slice_)
    framing = Unframed(reason) if reason is not None else frame_lungs(slice_)
    if isinstance(framing, Unframed):
        return Result(Outcome.INDETERMINATE, framing.reason)
    if box is not None:
        framing = replace(framing, box=box)
    opacity, seen_by_model = measure_opacity(slice_, framing), model_input(slice_, framing)
    return Prepared(framing, opacity, seen_by_model, digest=grey_digest(slice_))


def seen(one: Prepared, outcome: Outcome, reason: str) -> Result:
    """A result without a score that still shows what the model saw."""
    return Result(outcome, reason, framing=one.framing, opacity=one.opacity, model_input=one.model_input)
