"""A data set of phantoms and a config of a few steps: small enough that the whole of `training` runs in a test."""

from __future__ import annotations

import os
from pathlib import Path

from covidviewer.phantom.files import write_phantom_png
from covidviewer.phantom.slices import phantom_slice

os.environ.setdefault("KERAS_BACKEND", "tensorflow")  # the export's; one process can hold only one

PIXELS = 128
TINY_CONFIG = """
from training.network.config import Config, Phase

CONFIG = Config(
    name="tiny",
    phases=(
        Phase("shallow", size=32, blocks=(1, 1, 1, 1), epochs=2, peak_rate=1e-3, batch=8, extra=2),
        Phase("deeper", size=32, blocks=(1, 1, 2, 1), epochs=1, peak_rate=1e-3, batch=8, extra=2),
    ),
)
"""


def write_tiny_data(folder: Path, each: int = 60) -> Path:
    """COVID/ and non-COVID/ with `each` phantoms of 128 pixels, with and without drawn patches; returns the folder."""
    for place, stem, lesions in (("COVID", "Covid", 6), ("non-COVID", "Non-Covid", 0)):
        (folder / place).mkdir(parents=True, exist_ok=True)
        for number in range(1, each + 1):
            phantom = phantom_slice(seed=number // 6, level=0.3 + 0.05 * (number % 6), lesions=lesions, size=PIXELS)
            write_phantom_png(folder / place / f"{stem} ({number}).png", phantom)
    return folder


def write_tiny_extra(folder: Path, scans: int = 6) -> Path:
    """Slices named as LUNA16's, of scans 0, 1, 2, ...: the even ones may be trained on; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for scan in range(scans):
        for level in (0.4, 0.5):
            name = f"{9_000_000 + scan}_{int(level * 100)}.png"
            write_phantom_png(folder / name, phantom_slice(seed=100 + scan, level=level, size=PIXELS))
    return folder


def write_tiny_config(folder: Path) -> Path:
    """The config file; returns it."""
    file = folder / "tiny.py"
    file.write_text(TINY_CONFIG)
    return file
