"""Pictures as the inputs that the program makes of them, without augmentation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.framing import Unframed, frame_lungs, model_input
from training.batches import COVID
from training.data import Sample
from training.framed import read_sample


def framed(samples: Sequence[Sample]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """(n, 224, 224, 2) float32 inputs as the program makes them, and (n,) which of them are labelled COVID.

    Pictures without lungs are left out.
    """
    inputs, covid = [], []
    for sample in samples:
        slice_ = read_sample(sample)
        framing = frame_lungs(slice_)
        if not isinstance(framing, Unframed):
            inputs.append(model_input(slice_, framing))
            covid.append(sample.label == COVID)
    return np.stack(inputs), np.array(covid)


def thinned(samples: Sequence[Sample], count: int) -> tuple[Sample, ...]:
    """At most `count` of them, evenly over each class."""
    kept: list[Sample] = []
    labels = sorted({sample.label for sample in samples if sample.label is not None})
    for label in labels:
        own = [sample for sample in samples if sample.label == label]
        places = np.linspace(0, len(own) - 1, min(len(own), count // len(labels)))
        kept += [own[round(place)] for place in places]
    return tuple(kept)
