"""Compressed series on all cores: JPEG 2000 and JPEG-LS, read by one thread and by as many as there are cores.

Bound: with n cores the series takes at most 1 / (0.8 n) of one thread's time.
"""

from __future__ import annotations

import argparse
import tempfile
from functools import partial
from pathlib import Path

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from pydicom.encaps import encapsulate
from pydicom.uid import UID, JPEG2000Lossless, JPEGLSLossless

from covidviewer.inference.engines.cpu import physical_cores
from covidviewer.phantom.files import phantom_dataset
from covidviewer.phantom.slices import phantom_series
from tests.benchmarks.record import record, verdict
from tests.benchmarks.series import read_by
from tests.benchmarks.timing import in_shuffled_rounds

SLICES, SIZE, PHANTOMS, ROUNDS = 96, 512, 8, 3
WELL_USED = 0.8
SYNTAXES = {"JPEG 2000": JPEG2000Lossless, "JPEG-LS": JPEGLSLossless}


def run(arguments: argparse.Namespace) -> int:
    """Write both series, read each both ways, print, record."""
    cores = physical_cores()
    ways = {"one thread": "covidviewer-1", "all cores": "covidviewer"}
    times: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        for codec, syntax in SYNTAXES.items():
            folder = write_series(Path(name, codec), syntax)
            rivals = {words: partial(read_by, way, folder) for words, way in ways.items()}
            found = in_shuffled_rounds(rivals, arguments.rounds or ROUNDS)
            times[codec] = {words: round(timing.median, 1) for words, timing in found.items()}
    bound = 1 / (WELL_USED * cores)
    verdicts = [
        verdict(f"{codec}, all {cores} cores over one thread", took["all cores"] / took["one thread"], bound)
        for codec, took in times.items()
    ]
    table = [[f"{SLICES} slices of {SIZE} x {SIZE}, ms", *ways]]
    table += [[codec, *(f"{one:.0f}" for one in took.values())] for codec, took in times.items()]
    holds = all(kept for kept, _ in verdicts)
    record("decoding", {"slices": SLICES, "size": SIZE, "median_ms": times, "holds": holds}, table, arguments)
    print("\n".join(line for _, line in verdicts))
    return 0 if holds else 1


def write_series(folder: Path, syntax: UID) -> Path:
    """A series of phantoms, compressed."""
    folder.mkdir()
    drawn = list(phantom_series(1, PHANTOMS, 3, SIZE))
    for number in range(1, SLICES + 1):
        dataset = phantom_dataset(drawn[number % PHANTOMS], seed=1, number=number)
        dataset.ImagePositionPatient[2] = -0.7 * number
        pixels = np.frombuffer(dataset.PixelData, "<u2").reshape(SIZE, SIZE)
        dataset.PixelData = encapsulate([compressed(pixels, syntax)])
        dataset["PixelData"].is_undefined_length = True
        dataset.file_meta.TransferSyntaxUID = syntax
        dataset.save_as(folder / f"slice-{number:04d}.dcm", enforce_file_format=True)
    return folder


def compressed(pixels: NDArray[np.uint16], syntax: UID) -> bytes:
    """One frame's code stream, without loss."""
    if syntax == JPEGLSLossless:
        return bytes(imagecodecs.jpegls_encode(pixels))
    return bytes(imagecodecs.jpeg2k_encode(pixels, level=0, codecformat="j2k", reversible=True))
