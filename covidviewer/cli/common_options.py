"""Options that several commands have, each defined once."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from covidviewer.services.scoring import Scorer


def given(text: str) -> str:
    """The path or URL as it is. Raises `ArgumentTypeError` for '', an unset shell variable.

    `Path("")` is the current folder, which nobody asked for.
    """
    if not text:
        raise argparse.ArgumentTypeError("the path is empty")
    return text


def given_path(text: str) -> Path:
    """The path of a file or folder here. Raises `ArgumentTypeError`."""
    return Path(given(text))


def add_paths(parser: argparse.ArgumentParser) -> None:
    """PATH..., at least one."""
    parser.add_argument("paths", nargs="+", type=given_path, metavar="PATH", help="files, folders (walked), archives")


def add_heat_maps(parser: argparse.ArgumentParser) -> None:
    """--heatmaps DIR."""
    parser.add_argument(
        "--heatmaps", type=given_path, metavar="DIR", help="write a heat map of each scored slice into DIR"
    )


def add_model(parser: argparse.ArgumentParser) -> None:
    """--device, --engine and --model: what `chosen_scorer` loads."""
    parser.add_argument("--device", choices=("auto", "cpu", "gpu"), default="auto", help="device to use")
    parser.add_argument(
        "--engine", choices=("auto", "litert", "openvino"), default="auto", help="inference engine to use"
    )
    parser.add_argument("--model", type=given_path, metavar="DIR", help="use another model than the bundled one")


def chosen_scorer(options: argparse.Namespace) -> Scorer:
    """The scorer that the options of `add_model` ask for. Raises as `inference.loading.load_model`."""
    from covidviewer.services.scoring import load_scorer

    return load_scorer(options.engine, options.device, options.model)
