"""What the data look like: annotated samples, sizes, intensities, duplicates; and what the framing makes of them.

Writes pictures into a folder beside the data, never into the repository.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from covidviewer.files import make_folder
from covidviewer.imaging.lungs.framing import Framing, frame_lungs
from training.data.framed import as_grey, read_sample
from training.data.samples import CLASSES, Sample
from training.reporting.contact_sheet import SIDES, Tile, grey_image, page, pages, with_hull

UNUSUAL_SHOWN = 96
SAMPLES_SHOWN = 24
THUMBNAIL = 48
PAIRS_SHOWN = 24
DUPLICATE = 0.95
"""Correlation of two thumbnails above which they are called near-duplicates."""


def visualise_framing(sources: Mapping[str, Sequence[Sample]], out: Path) -> tuple[Path, ...]:
    """Contact sheets of the framing per source: most unusual hulls first, and refused pictures with their reason.

    Parameters
    ----------
    sources
        Name of the source to its pictures. The name becomes part of the file names.
    out
        Folder to write into; made when missing.

    Returns
    -------
    The files written: `framing-NAME-N.png` and `refused-NAME-N.png`.
    """
    make_folder(out, private=False)
    written: list[Path] = []
    for source, samples in sources.items():
        framed: list[tuple[Sample, Framing]] = []
        refused: list[Tile] = []
        for sample in samples:
            slice_ = read_sample(sample)
            found = frame_lungs(slice_)
            if isinstance(found, Framing):
                framed.append((sample, found))
            else:
                refused.append(Tile(grey_image(as_grey(slice_).values), f"{sample.name}\n{found.reason}"))
        order = most_unusual([hull_numbers(found) for _, found in framed])
        shown = [framing_tile(*framed[index]) for index in order[:UNUSUAL_SHOWN]]
        counts = f"{source}: {len(framed)} framed, {len(refused)} refused"
        for name, tiles in (("framing", shown), ("refused", refused)):
            for number, sheet in enumerate(pages(tiles, f"{counts}; {name}"), start=1):
                written.append(out / f"{name}-{source}-{number}.png")
                sheet.save(written[-1])
    return tuple(written)


def framing_tile(sample: Sample, framing: Framing) -> Tile:
    """A picture with hull and box, and the two calibration points under it."""
    picture = with_hull(grey_image(as_grey(read_sample(sample)).values), framing)
    return Tile(picture, f"{sample.name}\nair {framing.air:.0f}, tissue {framing.tissue:.0f}")


def hull_numbers(framing: Framing) -> NDArray[np.float64]:
    """Seven numbers of a hull: shares of the picture left and right, height to width, centre, box, contrast."""
    rows, columns = np.nonzero(framing.lungs)
    shape = framing.lungs.shape
    left, right = (float((framing.lungs == side).mean()) for side in (1, 2))
    height, width = float(np.ptp(rows) + 1), float(np.ptp(columns) + 1)
    centre = rows.mean() / shape[0], columns.mean() / shape[1]
    box = (framing.box.bottom - framing.box.top) / max(shape)
    contrast = np.log(max(1e-3, framing.tissue - framing.air))
    return np.array([left, right, np.log(height / width), *centre, box, contrast])


def most_unusual(numbers: Sequence[NDArray[np.float64]]) -> list[int]:
    """Indices, most unusual first: by the largest distance from the median in median absolute deviations."""
    if not numbers:
        return []
    table = np.stack(numbers)
    deviation = np.abs(table - np.median(table, axis=0))
    spread = np.median(deviation, axis=0) + 1e-9
    return [int(index) for index in np.argsort(-(deviation / spread).max(axis=1), kind="stable")]


def visualise_data(samples: Sequence[Sample], out: Path) -> tuple[Path, ...]:
    """Annotated samples of both classes, picture sizes, intensities, and the most alike pairs.

    Parameters
    ----------
    samples
        Labelled pictures.
    out
        Folder to write into; made when missing.

    Returns
    -------
    The files written: `samples.png`, `sizes.png`, `intensities.png`, `duplicates.png`.
    """
    make_folder(out, private=False)
    grey = [np.asarray(as_grey(read_sample(sample)).values, dtype=np.uint8) for sample in samples]
    labels = np.array([sample.label for sample in samples])
    sheets = (
        ("samples", page(sample_tiles(samples), f"{len(samples)} pictures: " + counted(labels))),
        (
            "duplicates",
            page(alike_tiles(samples, grey), f"the pairs most alike; above {DUPLICATE} they are duplicates", 6),
        ),
    )
    written = [out / f"{name}.png" for name, _ in sheets]
    for file, (_, sheet) in zip(written, sheets, strict=True):
        sheet.save(file)
    sizes = np.array([picture.shape[::-1] for picture in grey])
    means = np.array([[picture.mean(), border(picture).mean()] for picture in grey])
    return (
        *written,
        scatter(sizes, labels, ("columns", "rows"), "Picture sizes", out / "sizes.png"),
        scatter(means, labels, ("mean grey", "mean grey of the border"), "Intensities", out / "intensities.png"),
    )


def counted(labels: NDArray[np.int64]) -> str:
    """ "1252 COVID, 1229 non-COVID" """
    return ", ".join(f"{int((labels == label).sum())} {name}" for label, name in enumerate(CLASSES))


def border(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The outermost pixels of (rows, columns), as one line."""
    return np.concatenate([picture[0], picture[-1], picture[1:-1, 0], picture[1:-1, -1]])


def sample_tiles(samples: Sequence[Sample]) -> list[Tile]:
    """Evenly spaced samples of each class with class, size, mean grey, hull and box."""
    tiles: list[Tile] = []
    for label, name in enumerate(CLASSES):
        members = [sample for sample in samples if sample.label == label]
        for index in np.unique(np.linspace(0, len(members) - 1, min(len(members), SAMPLES_SHOWN // 2)).astype(int)):
            slice_ = read_sample(members[index])
            found = frame_lungs(slice_)
            picture = grey_image(as_grey(slice_).values)
            shown = with_hull(picture, found) if isinstance(found, Framing) else picture
            facts = f"{name}: {slice_.columns} x {slice_.rows}, mean {as_grey(slice_).values.mean():.0f}"
            tiles.append(Tile(shown, f"{members[index].path.name}\n{facts}"))
    return tiles


def alike_tiles(samples: Sequence[Sample], grey: Sequence[NDArray[np.uint8]]) -> list[Tile]:
    """The pairs with the highest correlation of their thumbnails, side by side."""
    thumbnails = [cv2.resize(picture, (THUMBNAIL, THUMBNAIL), interpolation=cv2.INTER_AREA) for picture in grey]
    table = np.stack(thumbnails).reshape(len(grey), -1).astype(np.float32)
    table -= table.mean(axis=1, keepdims=True)
    table /= np.linalg.norm(table, axis=1, keepdims=True) + 1e-6
    alike = np.triu(table @ table.T, k=1)
    tiles: list[Tile] = []
    for flat in np.argsort(-alike, axis=None)[:PAIRS_SHOWN]:
        for member in divmod(int(flat), len(grey)):
            caption = f"{samples[member].name}\ncorrelation {alike.ravel()[flat]:.3f}"
            tiles.append(Tile(grey_image(grey[member]), caption))
    return tiles


def scatter(
    points: NDArray[np.float64], labels: NDArray[np.int64], axes: tuple[str, str], title: str, file: Path
) -> Path:
    """Two numbers of every picture, classes in two colours, as a PNG file; what parts them here is no disease."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    figure, plot = plt.subplots(figsize=(6, 5), layout="constrained")
    for label, name in enumerate(CLASSES):
        plot.scatter(*points[labels == label].T, s=4, alpha=0.4, label=name, color=np.array(SIDES[label]) / 255)
    plot.set(xlabel=axes[0], ylabel=axes[1], title=title)
    plot.legend(markerscale=4)
    figure.savefig(file, dpi=130)
    plt.close(figure)
    return file
