"""The model as it is shipped: card, LiteRT file and the numbers beside it, each checked by its SHA-256.

Knows no engine.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import BrokenModel, UnreadableFile
from covidviewer.files import os_error_reason
from covidviewer.imaging.lungs.framing import FRAMING_VERSION, INPUT_SIZE
from covidviewer.inference.card import CARD_FILE, ModelCard, read_card
from covidviewer.inference.input_checks import OodDetector
from covidviewer.inference.selfcheck import Expected
from covidviewer.inference.training_slices import FILE, TrainingSlices, read_training_slices
from covidviewer.paths import resource_folder


@dataclass(frozen=True, eq=False)
class Bundle:
    """A model that is whole.

    Attributes
    ----------
    card
        What is said of it.
    model_file
        The LiteRT file; its hash was that of the card when it was loaded.
    kernel
        (channels, 2) float32, the Dense head's weights, for the activation map.
    ood_detector
        The training slices' cloud in feature space.
    expected
        The self-check's values by "engine-device".
    training_slices
        What it was made from, as hashes; empty where the model comes without.
    """

    card: ModelCard
    model_file: Path
    kernel: NDArray[np.float32]
    ood_detector: OodDetector
    expected: Mapping[str, Expected]
    training_slices: TrainingSlices = field(default_factory=TrainingSlices)

    def expected_of(self, engine: str, kind: str) -> Expected:
        """The values that an engine must reproduce on a kind of device ("cpu", "gpu").

        An engine that the makers could not run there is held against LiteRT's values on the processor.
        """
        return self.expected.get(f"{engine}-{kind}", self.expected["litert-cpu"])


def load_bundle(folder: Path | None = None) -> Bundle:
    """Load a model from a folder; None is the bundled one.

    Raises `UnreadableFile` when the folder that was given is none or holds no model; `BrokenModel`, one sentence, when
    a file is missing, damaged or of another version than this program's framing.
    """
    if folder is None:
        folder = resource_folder("models")
    else:
        check_folder(folder)
    card = read_card(folder / CARD_FILE)
    if card.framing_version != FRAMING_VERSION or card.input_size != INPUT_SIZE:
        raise BrokenModel(
            "The model needs framing version {found}, which is not supported (expected {known}).",
            found=card.framing_version,
            known=FRAMING_VERSION,
        )
    model_file = folder / card.file
    checked_bytes(model_file, card.sha256)
    arrays = read_arrays(checked_bytes(folder / card.arrays_file, card.arrays_sha256))
    try:
        expected = {
            name: Expected(np.array(engine.probabilities, np.float32), arrays[f"self_check/{name}"].astype(np.float32))
            for name, engine in card.self_check.expected.items()
        }
        ood_detector = ood_detector_of(arrays)
        kernel = arrays["head/kernel"]
    except KeyError as missing:
        raise BrokenModel(
            "The model's reference values do not include {name}; reinstall the program.", name=missing.args[0]
        ) from None
    slices = training_slices_in(folder, card.training_slices_sha256)
    return Bundle(card, model_file, kernel, ood_detector, MappingProxyType(expected), slices)


def training_slices_in(folder: Path, sha256: str | None) -> TrainingSlices:
    """The list beside a model, checked by the card's hash; of an older card without one, as it is, or empty where there
    is none. Raises `BrokenModel`.
    """
    if sha256 is None and not (folder / FILE).exists():
        return TrainingSlices()
    return read_training_slices(checked_bytes(folder / FILE, sha256))


def check_folder(folder: Path) -> None:
    """Whether a person's folder is a model's. Raises `UnreadableFile`."""
    if not folder.is_dir():
        raise UnreadableFile("“{path}” is not a folder.", path=folder)
    if not (folder / CARD_FILE).exists():
        raise UnreadableFile("“{path}” does not contain a model.", path=folder)


def checked_bytes(file: Path, sha256: str | None) -> bytes:
    """A file's content, if its hash is right; None stands for one that is not known. Raises `BrokenModel`."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        raise BrokenModel("The model file {file} is missing; reinstall the program.", file=file.name) from None
    except OSError as fault:
        raise BrokenModel(
            "The model file {file} cannot be read: {why}.", file=file.name, why=os_error_reason(fault)
        ) from None
    if sha256 is not None and hashlib.sha256(content).hexdigest() != sha256:
        raise BrokenModel("The model file {file} is damaged; reinstall the program.", file=file.name)
    return content


def read_arrays(content: bytes) -> dict[str, NDArray[np.float32]]:
    """The arrays of an .npz file, floating-point ones as float32. Raises `BrokenModel`."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            return {name: stored[name].astype(np.float32) for name in stored.files}
    except (OSError, ValueError):
        raise BrokenModel("The model's reference values cannot be read; reinstall the program.") from None


def ood_detector_of(arrays: Mapping[str, NDArray[np.float32]]) -> OodDetector:
    """The out-of-distribution detector from the stored arrays. Raises KeyError."""
    return OodDetector(
        arrays["gate/mean"],
        arrays["gate/scale"],
        arrays["gate/basis"],
        arrays["gate/variances"],
        float(arrays["gate/rest"]),
        float(arrays["gate/limit"]),
    )


def ood_detector_arrays(ood_detector: OodDetector) -> dict[str, NDArray[np.float16] | NDArray[np.float32]]:
    """The arrays that `ood_detector_of` reads; the basis in float16, which it was rounded to when it was fitted."""
    return {
        "gate/mean": ood_detector.mean,
        "gate/scale": ood_detector.scale,
        "gate/basis": ood_detector.basis.astype(np.float16),
        "gate/variances": ood_detector.variances,
        "gate/rest": np.array(ood_detector.rest, np.float32),
        "gate/limit": np.array(ood_detector.limit, np.float32),
    }
