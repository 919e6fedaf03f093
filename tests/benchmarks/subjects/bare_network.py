"""The network alone on preloaded inputs, on the engine that a long batch ends with: `bare_network.py SECONDS`.

Prints slices a second, as JSON, of batches as large as the program's.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter

from covidviewer.inference.analyser import BATCH
from tests.benchmarks import forms
from tests.benchmarks.subjects.engine import covidviewer


def main(seconds: float) -> None:
    """Warm up, then count."""
    predict = covidviewer(Path())
    slices = forms.pictures(BATCH)
    predict(slices)
    done, began = 0, perf_counter()
    while perf_counter() - began < seconds:
        predict(slices)
        done += BATCH
    print(json.dumps({"rate": done / (perf_counter() - began)}))


if __name__ == "__main__":
    main(float(sys.argv[1]))
