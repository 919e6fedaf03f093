"""What the tour opens: two synthetic chests as DICOM series, and files that are refused, each for its reason."""

from __future__ import annotations

from pathlib import Path

from pydicom import dcmread

from covidviewer.phantom.files import write_phantom_png, write_phantom_pngs, write_phantom_series
from covidviewer.phantom.slices import phantom_slice

SEEDS = (7, 12)
PATCHES = 12


def series_folders(folder: Path, slices: int = 32, size: int = 512) -> list[Path]:
    """Two chests, a folder each; their files name two windows."""
    for seed in SEEDS:
        for path in write_phantom_series(folder / f"chest-{seed}", seed, slices, PATCHES, size):
            dataset = dcmread(path)
            dataset.WindowCenter, dataset.WindowWidth = ["-600", "40"], ["1500", "400"]
            dataset.WindowCenterWidthExplanation = ["Lung", "Mediastinum"]
            dataset.save_as(path)
    return [folder / f"chest-{seed}" for seed in SEEDS]


def labelled_pictures(folder: Path, slices: int = 6, size: int = 512) -> Path:
    """A folder for the batch: pictures with and without patches, and one that cannot be read."""
    for name, patches in (("COVID", 5), ("non-COVID", 0)):
        write_phantom_pngs(folder / name, (phantom_slice(seed, 0.5, patches, size) for seed in range(slices)))
    (folder / "COVID" / "cut-off.png").write_bytes((folder / "COVID" / "slice-001.png").read_bytes()[:400])
    return folder


def unreadable_files(folder: Path) -> list[Path]:
    """Empty, no picture, cut off, gone."""
    folder.mkdir()
    (folder / "empty.dcm").write_bytes(b"")
    (folder / "words.dcm").write_text("This is no picture.\n")
    write_phantom_png(folder / "cut-off.png", phantom_slice(5, size=128))
    (folder / "cut-off.png").write_bytes((folder / "cut-off.png").read_bytes()[:400])
    return [*sorted(folder.iterdir()), folder / "gone.dcm"]
