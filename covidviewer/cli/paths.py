"""Paths as a person gives them: none is empty, and a folder with nothing in it is told."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path


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


def tell_empty_folders(paths: Iterable[Path]) -> bool:
    """Whether a folder among `paths` holds no files; each is a sentence on stderr."""
    from covidviewer.services.opening import empty_folders

    empty = empty_folders(paths)
    for sentence in empty:
        print(sentence, file=sys.stderr)
    return bool(empty)
