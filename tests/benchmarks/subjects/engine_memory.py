"""`engine_memory.py ENGINE...`: resident memory with these engines, after one slice and after sixteen, as JSON."""

from __future__ import annotations

import json
import sys

import numpy as np

from covidviewer.inference.bundle import load_bundle
from covidviewer.inference.engines.compiled_cache import CompiledStore
from covidviewer.inference.engines.cpu import physical_cores
from covidviewer.inference.engines.openers import installed_engines
from covidviewer.inference.engines.process_memory import resident_mb
from covidviewer.inference.engines.report import Kind
from covidviewer.inference.selfcheck import synthetic_input
from covidviewer.paths import cache_folder


def main(names: list[str]) -> None:
    """Load in this order, run, tell."""
    bundle = load_bundle()
    openers = installed_engines(bundle, CompiledStore(cache_folder("openvino")), physical_cores())
    engines = [
        openers[place]() for name in names for place in openers if (place.engine, place.kind) == (name, Kind.CPU)
    ]
    slices = np.repeat(synthetic_input(1)[None], 16, axis=0)
    found = {}
    for word, count in (("one_mb", 1), ("sixteen_mb", 16)):
        for engine in engines:
            engine.predict(slices[:count])
        found[word] = resident_mb()
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
