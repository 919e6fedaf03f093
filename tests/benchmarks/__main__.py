"""`python -m tests.benchmarks startup | cold | engines | memory | series | decoding | long | batch | rewrite | readme`.

Each measures and writes its results; the last writes the README's table from them.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

BENCHMARKS = {
    "startup": ("tests.benchmarks.startup", "first paint against a bare Qt window"),
    "cold": ("tests.benchmarks.cold_classify", "one slice from the terminal against the shortest Keras script"),
    "engines": ("tests.benchmarks.engines", "a slice through every engine and through the program"),
    "memory": ("tests.benchmarks.engine_memory", "each engine alone in memory, and both together"),
    "series": ("tests.benchmarks.series", "500 slices: first picture, reading, memory, scrolling, windowing"),
    "decoding": ("tests.benchmarks.decoding", "JPEG 2000 and JPEG-LS series on all cores against one thread"),
    "long": ("tests.benchmarks.long_series", "3,000 slices: memory while scrolling, and after opening again"),
    "rewrite": ("tests.benchmarks.rewrite", "the export's rewrite of strided convolutions against none"),
    "batch": ("tests.benchmarks.batch", "folders end to end against the bare network, a Keras script and Dask"),
    "readme": ("tests.benchmarks.readme", "write the README's speed table from the results"),
}


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    commands = top.add_subparsers(dest="benchmark", required=True)
    for name, (_, purpose) in BENCHMARKS.items():
        own = commands.add_parser(name, help=purpose, description=purpose)
        if name != "readme":
            own.add_argument("--rounds", type=int, help="how often each is measured")
            own.add_argument("--no-record", action="store_true", help="print only, write no results file")
    return top


def main(words: Sequence[str]) -> int:
    """Run one benchmark; 0 when every bound that it checks holds."""
    arguments = parser().parse_args(words)
    module = importlib.import_module(BENCHMARKS[arguments.benchmark][0])
    return int(module.run(arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
