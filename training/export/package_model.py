"""Puts the model together as it is shipped: LiteRT file, numbers beside it, and the card that binds them by hash."""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import DeviceUnavailable
from covidviewer.files import atomic_write, make_folder
from covidviewer.imaging.lungs.framing import (
    AIR_HU,
    CALIBRATED_RANGE,
    FRAMING_VERSION,
    INPUT_SIZE,
    MARGIN,
    OUTSIDE,
    TISSUE_HU,
)
from covidviewer.inference.bundle import ood_detector_arrays
from covidviewer.inference.card import CARD_FILE, SCHEMA, ModelCard, parse_card
from covidviewer.inference.classifier import Classifier, Predictions
from covidviewer.inference.engines.litert import LiteRtProcessor
from covidviewer.inference.engines.openvino import OpenVinoProcessor
from covidviewer.inference.input_checks import OodDetector, rejected_by_distance
from covidviewer.inference.selfcheck import synthetic_input
from training.export.agreement import CANDIDATES, agreement, discriminative_seeds, expected_entry
from training.export.gpu_subprocess import GpuSubprocess
from training.export.limits import check_agreement, check_refusals
from training.export.ood_fit import fit_ood_detector
from training.litert.file import dense_head
from training.statistics.calibration import Calibration

NAME = "covid_resnet101"
TOLERANCES = {"cpu": {"probability": 0.005, "features": 0.02}, "gpu": {"probability": 0.03, "features": 0.05}}
GPU_SLICES = 8
"""Software Vulkan takes seconds a slice."""
BANDS = (
    (0.0, "No opacities like those of COVID-19 were seen by the model."),
    (0.2, "Few signs of opacities like those of COVID-19."),
    (0.4, "The model cannot tell."),
    (0.6, "Some signs of opacities like those of COVID-19."),
    (0.8, "Opacities like those of COVID-19, or of another disease that looks alike."),
)
Features = NDArray[np.float32]
ByEngine = dict[str, Features]
"""(n, channels) pooled features of the same slices, by "engine-device" that computed them."""
FIRST_FORM: Mapping[str, str] = {"pooling": "max", "network_form": "v1"}


@dataclass(frozen=True, eq=False)
class Slices:
    """What a model is fitted to and compared on.

    Attributes
    ----------
    ood_training, ood_held_out
        Features, as each engine computes them, of the chest slices that the detector's cloud and its limit are made
        of; at least 200 and 50 slices for a shipped model.
    agreement
        (n, 224, 224, 2) float32, the slices on which the engines are held against float32: the test slices.
    """

    ood_training: ByEngine
    ood_held_out: ByEngine
    agreement: NDArray[np.float32]


def write_package(
    file: bytes,
    reference: Classifier,
    calibration: Calibration,
    slices: Slices,
    version: str,
    folder: Path,
    say: Callable[[str], None] = print,
    form: Mapping[str, str] = FIRST_FORM,
) -> ModelCard:
    """Write the three files of a model into `folder`, once every engine was found to agree with float32.

    Parameters
    ----------
    file
        The LiteRT file (`training.export.export`).
    reference
        The float32 network.
    calibration
        What turns the file's log odds into the score, for the card.
    slices
        See there.
    version
        Of the model, "1.69882d1b".
    folder
        `resources/models`, or a run's folder.
    say
        Told which engines are missing, and how far each is from float32.
    form
        The card's "pooling" and "network_form".

    Returns
    -------
    The card, as the program reads it; training facts and figures are filled in by `refill_fields`. Raises
    `BrokenModel`, with nothing written, where an engine lies beyond `training.export.limits`.
    """
    with tempfile.TemporaryDirectory() as made:
        content, arrays = packaged(file, reference, calibration, slices, Path(made), say)
    content = {"schema": SCHEMA, "version": version} | content | dict(form)
    card = parse_card(json.loads(json.dumps(content)))
    make_folder(folder)
    atomic_write(folder / card.file, file, private=False)
    atomic_write(folder / card.arrays_file, arrays, private=False)
    atomic_write(folder / CARD_FILE, as_text(content), private=False)
    return card


def packaged(
    file: bytes,
    reference: Classifier,
    calibration: Calibration,
    slices: Slices,
    folder: Path,
    say: Callable[[str], None],
) -> tuple[dict[str, Any], bytes]:
    """What `write_package` writes beside the LiteRT file: the card without version and form, and the arrays' file.

    `folder` is where the engines find the LiteRT file meanwhile. Raises `BrokenModel`.
    """
    model_file = folder / f"{NAME}.tflite"
    model_file.write_bytes(file)
    wanted = reference.predict(slices.agreement)
    drawn = np.stack([synthetic_input(seed) for seed in range(CANDIDATES)])
    seeds = discriminative_seeds(reference.predict(drawn).probabilities)
    check_inputs, check_wanted = drawn[list(seeds)], reference.predict(drawn[list(seeds)])

    arrays: dict[str, Any] = {"head/kernel": dense_head(file)[0]}
    cloud, limit = (np.concatenate([*some.values()]) for some in (slices.ood_training, slices.ood_held_out))
    ood_detector = fit_ood_detector(cloud, limit)
    check_refusals({name: float(refused(ood_detector, some).mean()) for name, some in slices.ood_held_out.items()})
    arrays |= ood_detector_arrays(ood_detector)
    agreements: dict[str, Any] = {}
    expected: dict[str, Any] = {}
    engines = [*processors_here(model_file, file, say), ("litert-gpu", GpuSubprocess(model_file))]
    for name, engine in engines:
        few = min(GPU_SLICES, len(slices.agreement)) if name.endswith("gpu") else len(slices.agreement)
        try:
            both = engine.predict(np.concatenate([slices.agreement[:few], check_inputs]))
        except DeviceUnavailable as lost:
            say(f"Without {name}: {lost}")
            continue
        found, checked = first(both, few), last(both, len(seeds))
        agreements[name] = {"device": engine.device} | agreement(found, first(wanted, few), calibration)
        far, far_in_float = (refused(ood_detector, some.features) for some in (found, first(wanted, few)))
        agreements[name] |= {"refused": int(far.sum()), "refused_not_by_float32": int((far & ~far_in_float).sum())}
        say(f"{name}: {agreements[name]}")
        if not name.endswith("gpu"):  # a device is held against the processor's values, never against its own
            expected[name] = expected_entry(checked, check_wanted)
            arrays[f"self_check/{name}"] = checked.features.astype(np.float16)
        engine.close()
    check_agreement(agreements)

    packed = io.BytesIO()
    np.savez_compressed(packed, **arrays)
    content = {
        "file": model_file.name,
        "sha256": hashlib.sha256(file).hexdigest(),
        "arrays": {"file": f"{NAME}.npz", "sha256": hashlib.sha256(packed.getvalue()).hexdigest()},
        "input_size": INPUT_SIZE,
        "framing": {
            "version": FRAMING_VERSION,
            "air_hu": AIR_HU,
            "tissue_hu": TISSUE_HU,
            "calibrated_range": list(CALIBRATED_RANGE),
            "margin": MARGIN,
            "outside": OUTSIDE,
        },
        "labels": ["COVID", "non-COVID"],
        "temperature": round(calibration.temperature, 4),
        "offset": round(calibration.offset, 4),
        "threshold": calibration.threshold,
        "bands": [{"from": start, "words": words} for start, words in BANDS],
        "self_check": {"seeds": list(seeds), "tolerances": TOLERANCES, "expected": expected},
        "agreement": agreements,
        "training": {},
        "metrics": {},
    }
    return content, packed.getvalue()


def refused(ood_detector: OodDetector, features: Features) -> NDArray[np.bool_]:
    """(n,) which slices the detector turns away by their (n, channels) features."""
    return np.array([rejected_by_distance(float(far)) is not None for far in ood_detector.ood_scores(features)], bool)


def processors_here(model_file: Path, file: bytes, say: Callable[[str], None]) -> list[tuple[str, Classifier]]:
    """The engines on this computer's processor, by "engine-device"; LiteRT comes first and must be there."""
    found: list[tuple[str, Classifier]] = [("litert-cpu", LiteRtProcessor(model_file))]
    try:
        found.append(("openvino-cpu", OpenVinoProcessor(model_file, hashlib.sha256(file).hexdigest())))
    except DeviceUnavailable as absent:
        say(f"Without OpenVINO: {absent}")
    return found


def first(predictions: Predictions, count: int) -> Predictions:
    """The first `count` of them."""
    return Predictions(
        predictions.probabilities[:count], predictions.features[:count], predictions.feature_maps[:count]
    )


def last(predictions: Predictions, count: int) -> Predictions:
    """The last `count` of them."""
    return Predictions(
        predictions.probabilities[-count:], predictions.features[-count:], predictions.feature_maps[-count:]
    )


def refill_fields(card_file: Path, fields: Mapping[str, Any]) -> ModelCard:
    """Put these fields in place of a card's own; the card as the program reads it. Raises `BrokenModel`."""
    content = json.loads(card_file.read_text(encoding="utf-8")) | fields
    card = parse_card(content)
    atomic_write(card_file, as_text(content), private=False)
    return card


def as_text(content: Mapping[str, Any]) -> bytes:
    """A card's content as it stands in the file."""
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()
