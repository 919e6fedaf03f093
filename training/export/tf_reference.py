"""The network through TensorFlow, from Keras weights: the float32 reference. An optional extra.

Nothing else imports TensorFlow.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import DeviceUnavailable
from covidviewer.inference.classifier import Predictions, empty_predictions, joined

ENGINE = "tensorflow"
BATCH = 16


class TensorFlowReference:
    """A Keras classifier on whatever TensorFlow finds. Construct, call and close on one thread.

    Parameters
    ----------
    model
        `training.network.network.classifier`, two channels.
    """

    engine = ENGINE

    def __init__(self, model: Any) -> None:
        import tensorflow as tf

        from training.network.network import HEAD, body_of

        graphics = tf.config.list_physical_devices("GPU")
        self.device = f"GPU ({graphics[0].name})" if graphics else "CPU"
        body = body_of(model)
        self._head = model.get_layer(HEAD)
        self._model: Any = lambda inputs: body(inputs, training=False)

    def predict(self, inputs: NDArray[np.float32]) -> Predictions:
        """See `Classifier.predict`."""
        if self._model is None:
            raise DeviceUnavailable("The model is closed.")
        if len(inputs) == 0:
            return empty_predictions()
        return joined([self._predict_some(inputs[start : start + BATCH]) for start in range(0, len(inputs), BATCH)])

    def _predict_some(self, inputs: NDArray[np.float32]) -> Predictions:
        feature_maps, features = self._model(np.ascontiguousarray(inputs, np.float32))
        return Predictions(np.array(self._head(features)), np.array(features), np.array(feature_maps))

    def close(self) -> None:
        """See `Classifier.close`."""
        self._model = self._head = None
