"""A run's network as one static int8 LiteRT file, with its card.

The only module of training that imports TensorFlow.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import UnreadableFile
from covidviewer.imaging.framing import Unframed, frame_lungs, model_input
from covidviewer.inference.litert import LiteRtProcessor
from covidviewer.inference.tensorflow import TensorFlowReference
from training import run as runs
from training.batches import COVID
from training.checkpoint import LAST, load_checkpoint
from training.data import Sample, labelled_samples
from training.framed import read_sample
from training.litert_file import append_head, within_seven_bits
from training.network import assign_by_name, classifier
from training.rewrite import dense_weights, for_export
from training.ship import Slices, ship

OUTPUTS = ("feature_map", "features")
TRAINING_SLICES = 500
"""Of both classes, evenly over the training part: the gate sees them all, the converter every second one."""
AT_ONCE = 32
FORM_VERSION = "1"
Say = Callable[[str], None]


def export(run: Path, data: Path, out: Path, say: Say) -> None:
    """Make the bundled model out of a run: about two minutes of processor time and 8 GB of memory.

    Parameters
    ----------
    run
        A trained run's folder; its running average is what is exported.
    data
        The labelled pictures that the run was trained on.
    out
        Where model, numbers and card go; `evaluate --model` fills the figures into the card.
    say
        Told what is being done.

    Raises `UnreadableFile` for a run or pictures that are not there, `OutputUnwritable` never: the system's own error.
    """
    opened = runs.open_run(run)
    model = network_of(opened)
    samples = labelled_samples(data)
    say("Framing the slices for calibration, gate and agreement")
    parts = {name: opened.split.part(samples, name) for name in ("train", "validation", "test")}
    training = framed(thinned(parts["train"], TRAINING_SLICES))
    calibration = training[::2]
    held_out, covid = framed_with_truth(parts["validation"])
    slices = Slices(
        gate_training=training,
        gate_held_out=held_out,
        held_out_covid=covid,
        agreement=framed(parts["test"]),
    )
    say(f"Converting, calibrated on {len(calibration)} slices")
    file = litert_file(model, calibration)
    say(f"Comparing engines with float32 on {len(slices.agreement)} slices")
    kernel, _ = dense_weights(model)
    version = f"{FORM_VERSION}.{runs.file_hash(run / LAST)[:8]}"
    ship(file, TensorFlowReference(model), kernel, slices, version, out, say)
    say(f"-> {out}")


def network_of(run: runs.Run) -> Any:
    """The run's network in float32. Raises `UnreadableFile` when its checkpoint is missing or of another network."""
    if not run.config.framed:
        raise UnreadableFile("{run} was trained on whole pictures; only framed runs are exported.", run=run.folder.name)
    try:
        checkpoint = load_checkpoint(run.folder / LAST)
    except (OSError, ValueError, KeyError) as fault:
        raise UnreadableFile("The run {run} has no readable checkpoint.", run=run.folder.name) from fault
    model = classifier(blocks=run.config.phases[-1].blocks)
    if missing := assign_by_name(model, checkpoint.average):
        raise UnreadableFile("The checkpoint lacks {count} weights of the network.", count=len(missing))
    return model


def framed(samples: Sequence[Sample]) -> NDArray[np.float32]:
    """(n, 224, 224, 2) float32 inputs, as the program makes them; pictures without lungs are left out."""
    return framed_with_truth(samples)[0]


def framed_with_truth(samples: Sequence[Sample]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """`framed` inputs, and (n,) which of them are labelled COVID."""
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


def litert_file(model: Any, calibration: NDArray[np.float32]) -> bytes:
    """Convert a trained classifier.

    Parameters
    ----------
    model
        `training.network.classifier`, two channels, on Keras' TensorFlow backend.
    calibration
        (n, size, size, 2) float32, framed training slices of both classes; 200 or more for a file that is shipped.

    Returns
    -------
    A LiteRT file: input "inputs" (1, size, size, 2) float32; outputs "probabilities" (1, 2), "feature_map" and
    "features" float32; int8 in between, weights within 7 bits, the Dense head in float32. Its bias is moved so that the
    mean logit over `calibration` is the network's: rounding shifts features all one way, and so whole scores (bias
    correction, Nagel et al., "Data-Free Quantization through Weight Equalization and Bias Correction", 2019).
    """
    network = for_export(model)
    return with_head(quantise(network, calibration), network, dense_weights(model), calibration)


def with_head(
    quantised: bytes,
    network: Any,
    head: tuple[NDArray[np.float32], NDArray[np.float32]],
    calibration: NDArray[np.float32],
) -> bytes:
    """What `quantise` gave of `network`, its weights within 7 bits, with the Dense head (kernel, bias) in float32."""
    kernel, bias = head
    body = within_seven_bits(quantised)
    seen = features_of(append_head(body, kernel, bias), calibration)
    wanted = np.concatenate([np.asarray(network(some)["features"]) for some in parts_of(calibration)])
    return append_head(body, kernel, bias + ((wanted - seen) @ kernel).mean(axis=0))


def features_of(file: bytes, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, channels) pooled features, as LiteRT computes them on the processor."""
    with tempfile.TemporaryDirectory() as folder:
        model_file = Path(folder, "model.tflite")
        model_file.write_bytes(file)
        engine = LiteRtProcessor(model_file)
        features = engine.predict(inputs).features
        engine.close()
    return features


def parts_of(inputs: NDArray[np.float32]) -> Iterator[NDArray[np.float32]]:
    """The inputs in parts of `AT_ONCE`."""
    for at in range(0, len(inputs), AT_ONCE):
        yield inputs[at : at + AT_ONCE]


def quantise(network: Any, calibration: NDArray[np.float32]) -> bytes:
    """Static int8, per channel, float at both ends, of a model with the outputs of `for_export`; batch 1."""
    import tensorflow as tf
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

    shape = tf.TensorSpec([1, *network.input_shape[1:]], tf.float32, name="inputs")
    traced = tf.function(lambda inputs: network(inputs, training=False), input_signature=[shape])
    frozen = convert_variables_to_constants_v2(traced.get_concrete_function())
    module = tf.Module()
    module.serve = tf.function(lambda inputs: dict(zip(OUTPUTS, frozen(inputs), strict=True)), input_signature=[shape])

    def samples() -> Iterator[dict[str, NDArray[np.float32]]]:
        for picture in calibration:
            yield {"inputs": picture[None]}

    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tf.saved_model.save(module, folder, signatures={"serving_default": module.serve.get_concrete_function()})
        converter = tf.lite.TFLiteConverter.from_saved_model(folder)
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.representative_dataset = samples
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
        return bytes(converter.convert())
