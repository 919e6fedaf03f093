"""How right the opacity measurement is, and what it tells apart: `python -m tests.benchmarks.opacity [--data DIR]`.

Phantoms of known lesions (aim: within 2 points in 95 % of 500 seeds, in HU and in five windows), time on one core,
and with `--data` the AUC of the share alone (aim: 0.78).
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.lungs.framing import Framing, frame_lungs
from covidviewer.imaging.lungs.opacity import measure_opacity
from covidviewer.imaging.slices import FileKind, Slice, Source, Units
from covidviewer.phantom.slices import Phantom, phantom_slice
from training.data.folders import labelled_samples
from training.data.framed import read_sample

WINDOWS = {"-600/1500": (-600, 1500), "-500/1400": (-500, 1400), "-550/1600": (-550, 1600)} | {
    "-600/1200": (-600, 1200),
    "-400/1500": (-400, 1500),
}
SOURCE = Source(Path("phantom"), FileKind.PNG)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=500)
    parser.add_argument("--data", type=Path, help="folder with COVID and non-COVID")
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    phantoms(arguments.seeds)
    milliseconds()
    if arguments.data:
        auc(arguments.data)


def phantom_of(seed: int) -> Phantom:
    """A phantom at a random level of the whole lungs with none to six lesions."""
    rng = np.random.default_rng(seed)
    return phantom_slice(seed, float(rng.uniform(0.2, 0.7)), int(rng.integers(0, 7)))


def shown(phantom: Phantom, window: tuple[int, int] | None) -> Slice:
    """The phantom in HU, or as an 8-bit picture."""
    if window is None:
        return Slice(phantom.values, Units.HU, SOURCE)
    centre, width = window
    picture = np.clip(np.round((phantom.values - (centre - width / 2)) * 255 / width), 0, 255)
    return Slice(picture.astype(np.int16), Units.GREY, SOURCE)


def phantoms(seeds: int) -> None:
    """Errors of the share in points, per way of showing."""
    ways: dict[str, tuple[int, int] | None] = {"HU": None, **WINDOWS}
    errors: dict[str, list[float]] = {name: [] for name in ways}
    for seed in range(seeds):
        phantom = phantom_of(seed)
        for name, window in ways.items():
            slice_ = shown(phantom, window)
            framing = frame_lungs(slice_)
            opacity = measure_opacity(slice_, framing) if isinstance(framing, Framing) else None
            if opacity:
                errors[name].append(100 * (opacity.share - phantom.lesion_share))
    for name, found in errors.items():
        error = np.array(found)
        within = 100 * (np.abs(error) < 2).sum() / seeds
        print(
            f"{name:10s} {len(error)} of {seeds}: within 2 points {within:.1f} %, "
            f"bias {error.mean():+.2f}, 95 % within {np.percentile(np.abs(error), 95):.2f}"
        )


def milliseconds() -> None:
    """Processor time of framing and measuring a 512 x 512 slice."""
    slice_ = shown(phantom_of(1), None)
    framing = frame_lungs(slice_)
    assert isinstance(framing, Framing)
    for name, job in (("framing", lambda: frame_lungs(slice_)), ("opacity", lambda: measure_opacity(slice_, framing))):
        spent = []
        for _ in range(50):
            start = time.process_time()
            job()
            spent.append(1000 * (time.process_time() - start))
        print(f"{name}: {np.median(spent):.1f} ms (median of 50), {min(spent):.1f} ms (fastest)")


def auc(folder: Path) -> None:
    """AUC of the share alone over all framed slices."""
    shares: dict[int | None, list[float]] = {0: [], 1: []}
    for sample in labelled_samples(folder):
        slice_ = read_sample(sample)
        framing = frame_lungs(slice_)
        opacity = measure_opacity(slice_, framing) if isinstance(framing, Framing) else None
        if opacity:
            shares[sample.label].append(opacity.share)
    positive, negative = np.array(shares[0]), np.array(shares[1])
    print(f"share alone: AUC {rank_auc(positive, negative):.3f} ({len(positive)} COVID, {len(negative)} non-COVID)")


def rank_auc(positive: NDArray[np.float64], negative: NDArray[np.float64]) -> float:
    """Chance that a positive ranks above a negative, ties counted half."""
    order = np.sort(negative)
    below, upto = np.searchsorted(order, positive, "left"), np.searchsorted(order, positive, "right")
    return float((below + upto).sum() / (2 * len(positive) * len(negative)))


if __name__ == "__main__":
    main()
