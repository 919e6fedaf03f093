"""What the rewrite of strided 1x1 convolutions costs on the processor: ResNet101 converted with and without it.

Bound: a slice through the rewritten file takes at most 1.03 times as long. Random weights: time does not depend on
them.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

from covidviewer.inference.engines.litert import LiteRtProcessor
from covidviewer.inference.selfcheck import synthetic_input
from tests.benchmarks.record import record, verdict

BOUND = 1.03
CALIBRATED_ON, ROUNDS = 4, 150
FORMS = ("rewritten", "as Keras has it")


def run(arguments: argparse.Namespace) -> int:
    """Convert both, time them slice by slice in turn; 0 when the bound holds."""
    os.environ["KERAS_BACKEND"] = "tensorflow"
    from training.export import export, rewrite
    from training.litert.file import append_head
    from training.network.network import classifier

    inputs = np.stack([synthetic_input(seed) for seed in range(CALIBRATED_ON)])
    model = classifier()
    files = {FORMS[0]: export.body_file(model, inputs)}
    rewritten, rewrite.without_strided_pointwise = rewrite.without_strided_pointwise, lambda base: base
    try:
        files[FORMS[1]] = export.body_file(model, inputs)
    finally:
        rewrite.without_strided_pointwise = rewritten
    with tempfile.TemporaryDirectory() as folder:
        engines = {}
        for name, content in files.items():
            file = Path(folder, f"{name}.tflite")
            file.write_bytes(append_head(content, *rewrite.dense_weights(model)))
            engines[name] = LiteRtProcessor(file)
        times: dict[str, list[float]] = {name: [] for name in engines}
        for turn in range(arguments.rounds or ROUNDS):
            for name, engine in engines.items():
                started = perf_counter()
                engine.predict(inputs[turn % CALIBRATED_ON][None])
                times[name].append((perf_counter() - started) * 1000)
        for engine in engines.values():
            engine.close()
    medians = {name: round(median(some), 3) for name, some in times.items()}
    ratio = medians[FORMS[0]] / medians[FORMS[1]]
    holds, line = verdict("the rewritten file's time over the plain one's", ratio, BOUND)
    table = [["one slice, LiteRT int8, median", "ms"], *([name, f"{value:.2f}"] for name, value in medians.items())]
    record("rewrite", {"median_ms": medians, "ratio": round(ratio, 4), "holds": holds}, table, arguments)
    print(line)
    return 0 if holds else 1
