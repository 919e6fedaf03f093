"""A run's network as one static int8 LiteRT file, with its card.

The only module of training that imports TensorFlow.
"""

from __future__ import annotations

import hashlib
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import UnreadableFile
from covidviewer.inference.classifier import Classifier
from training.data.folders import labelled_samples
from training.data.inference_inputs import framed
from training.export.activation_ranges import activation_ranges
from training.export.package_model import NAME, ByEngine, Slices, processors_here, write_package
from training.export.rewrite import dense_weights, for_export
from training.export.rounding import round_weights
from training.export.tf_reference import TensorFlowReference
from training.litert.file import append_head, within_seven_bits
from training.litert.lung_pooling import append_lung_pooling
from training.litert.residual_sums import with_float_sums
from training.network import run as runs
from training.network.checkpoint import LAST, load_checkpoint
from training.network.config import applied_size
from training.network.network import assign_by_name, classifier_of, pooling_of
from training.network.run import parts_of
from training.statistics.calibration import Calibration, fit

OUTPUTS = ("feature_map", "features")
AT_ONCE = 64
FORM_VERSION = "1"
Say = Callable[[str], None]


def export(run: Path, data: Path, out: Path, say: Say) -> None:
    """Make the bundled model out of a run: some minutes of processor time and 8 GB of memory.

    Body and head are the run's; temperature and offset are fitted to what both engines compute of the validation
    slices in int8. The version names the file: its hash is in it.

    Parameters
    ----------
    run
        A trained run's folder; its running average is what is exported.
    data
        The labelled images that the run was trained on.
    out
        Where model, numbers and card go; `evaluate --model` fills the figures into the card.
    say
        Told what is being done.

    Raises `UnreadableFile` for a run or pictures that are not there, `BrokenModel`, with nothing written, where an
    engine computes something else than the run's network (`training.export.limits`), `OutputUnwritable`.
    """
    opened = runs.open_run(run)
    model = network_of(opened)
    samples = labelled_samples(data)
    say("Framing the slices for calibration, detector and agreement")
    parts = parts_of(opened, samples)
    training, _ = framed(parts["train"])
    held_out, held_out_covid = framed(parts["validation"])
    agreement, _ = framed(parts["test"])
    say(f"Converting, with the ranges of {len(training)} slices")
    body = body_file(model, training)
    kernel, bias = dense_weights(model)
    file = append_head(body, kernel, bias)
    known, asked = features_of(file, (training, held_out), say)
    calibration = calibrated(asked, held_out_covid, kernel, bias)
    say(f"On {len(held_out)} validation slices: temperature {calibration.temperature:.3f}, {calibration.offset:+.3f}")
    slices = Slices(ood_training=known, ood_held_out=asked, agreement=agreement)
    say(f"Comparing engines with float32 on {len(agreement)} slices")
    version = f"{FORM_VERSION}.{hashlib.sha256(file).hexdigest()[:8]}"
    form = {"pooling": opened.config.pooling, "network_form": opened.config.form}
    write_package(file, TensorFlowReference(model), calibration, slices, version, out, say, form)
    say(f"-> {out}")


def network_of(run: runs.Run) -> Any:
    """The run's network in float32. Raises `UnreadableFile` when its checkpoint is missing or of another network."""
    if not run.config.framed:
        raise UnreadableFile(
            "{run} was trained on whole pictures, and the program frames lungs: only framed runs are exported.",
            run=run.folder.name,
        )
    try:
        checkpoint = load_checkpoint(run.folder / LAST)
    except (OSError, ValueError, KeyError) as fault:
        raise UnreadableFile("The run {run} has no readable checkpoint.", run=run.folder.name) from fault
    model = classifier_of(run.config, replace(run.config.phases[-1], size=applied_size(run.config)))
    if missing := assign_by_name(model, checkpoint.average):
        raise UnreadableFile("The checkpoint lacks {count} weights of the network.", count=len(missing))
    return model


def body_file(model: Any, calibration: NDArray[np.float32]) -> bytes:
    """Convert a trained classifier but for its head, which `append_head` adds.

    Parameters
    ----------
    model
        `training.network.network.classifier`, two channels, on Keras' TensorFlow backend.
    calibration
        (n, size, size, 2) float32, framed training slices of both classes; all of them for a file that is shipped. The
        ranges of int8 are those over all, but the input's; the converter sees the slices that reach their ends.

    Returns
    -------
    A LiteRT file: input "inputs" (1, size, size, 2) float32; outputs "feature_map" and "features" float32; convolutions
    in int8, their weights within 7 bits as `training.export.rounding` chose them, residual sums and pooling over the
    lungs in float32.
    """
    network = for_export(model)
    round_weights(network, calibration)
    found = activation_ranges(network, calibration)
    narrow = within_seven_bits(quantise(network, calibration[list(found.reached_by())]))
    file = with_float_sums(narrow, found.operand_ranges())
    return append_lung_pooling(file) if pooling_of(model) == "lungs" else file


def features_of(file: bytes, sets: Sequence[NDArray[np.float32]], say: Say) -> list[ByEngine]:
    """For each set of inputs, the (n, channels) pooled features by each engine on the processor, LiteRT first."""
    found: list[ByEngine] = [{} for _ in sets]
    with tempfile.TemporaryDirectory() as folder:
        model_file = Path(folder, f"{NAME}.tflite")
        model_file.write_bytes(file)
        for name, engine in processors_here(model_file, file, say):
            say(f"Features by {name}")
            for place, inputs in zip(found, sets, strict=True):
                place[name] = features(engine, inputs)
            engine.close()
    return found


def calibrated(
    features: ByEngine, covid: NDArray[np.bool_], kernel: NDArray[np.float32], bias: NDArray[np.float32]
) -> Calibration:
    """Temperature and offset that suit every engine alike: what each computes of a slice is one more sample of it.

    Parameters
    ----------
    features
        Of the validation slices.
    covid
        (n,) bool, the truth.
    kernel, bias
        Of the Dense head, (channels, 2) and (2,).
    """
    direction, offset = (kernel[:, 0] - kernel[:, 1]).astype(np.float64), float(bias[0] - bias[1])
    logits = np.concatenate([some @ direction + offset for some in features.values()])
    return fit(np.tile(covid, len(features)), logits)


def features(engine: Classifier, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
    """Pooled features in parts of `AT_ONCE`: the feature maps beside them take 400 kB a slice."""
    parts = [engine.predict(inputs[at : at + AT_ONCE]).features for at in range(0, len(inputs), AT_ONCE)]
    return np.concatenate(parts)


def quantise(network: Any, calibration: NDArray[np.float32]) -> bytes:
    """Static int8, per channel, float at both ends, of a model with the outputs of `for_export`; batch 1."""
    import tensorflow as tf
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

    shape = tf.TensorSpec([1, *network.input_shape[1:]], tf.float32, name="inputs")
    traced = tf.function(lambda inputs: network(inputs, training=False), input_signature=[shape])
    frozen = convert_variables_to_constants_v2(traced.get_concrete_function())
    module = tf.Module()
    names = [name for name in OUTPUTS if name in network.output]
    module.serve = tf.function(lambda inputs: dict(zip(names, frozen(inputs), strict=True)), input_signature=[shape])

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
