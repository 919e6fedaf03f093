"""Pictures as the inputs that the program makes of them, without augmentation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import UnreadableFile
from covidviewer.imaging.lungs.framing import Unframed, frame_lungs, model_input
from training.data.framed import read_sample
from training.data.samples import COVID, Sample


def framed(samples: Sequence[Sample]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """(n, 224, 224, 2) float32 inputs as the program makes them, and (n,) which of them are labelled COVID.

    Pictures without lungs are left out. Raises `UnreadableFile` where none has any.
    """
    inputs, covid = [], []
    for sample in samples:
        slice_ = read_sample(sample)
        framing = frame_lungs(slice_)
        if not isinstance(framing, Unframed):
            inputs.append(model_input(slice_, framing))
            covid.append(sample.label == COVID)
    if not inputs:
        raise UnreadableFile("In none of the {count} pictures were lungs found.", count=len(samples))
    return np.stack(inputs), np.array(covid)
