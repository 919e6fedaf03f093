"""The paper's own input: the whole picture squeezed to a square, grey in all three channels, as Keras' ResNet wants it.

Kept beside the framed input so that `configs/paper.py` is the paper's recipe and not ours.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from training.data.framed import Canvases, as_grey, read_sample
from training.data.samples import Sample

IMAGE_SIZE = 224
CHANNEL_MEANS = np.array([103.939, 116.779, 123.68], np.float32)
"""ImageNet's, in the order blue, green, red: `keras.applications.resnet.preprocess_input`."""


def resized_canvases(samples: Sequence[Sample]) -> Canvases:
    """The pictures as canvases of (n, 224, 224) uint8 grey values.

    There is no hull (all zero), and nothing is refused.
    """
    pictures = [
        cv2.resize(
            as_grey(read_sample(sample)).values.astype(np.uint8),
            (IMAGE_SIZE, IMAGE_SIZE),
            interpolation=cv2.INTER_AREA,
        )
        for sample in samples
    ]
    grey = np.stack(pictures).astype(np.uint8) if pictures else np.zeros((0, IMAGE_SIZE, IMAGE_SIZE), np.uint8)
    labels = np.array([-1 if sample.label is None else sample.label for sample in samples], np.int64)
    return Canvases(tuple(sample.name for sample in samples), labels, grey, np.zeros_like(grey), ())


def resized_input(picture: NDArray[np.uint8], size: int, mirrored: bool) -> NDArray[np.float32]:
    """(rows, columns) uint8 as (size, size, 3) float32, minus ImageNet's means."""
    if picture.shape != (size, size):
        picture = np.asarray(cv2.resize(picture, (size, size), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    if mirrored:
        picture = picture[:, ::-1]
    return picture.astype(np.float32)[:, :, None] - CHANNEL_MEANS
