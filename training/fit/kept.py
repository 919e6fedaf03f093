"""What a phase's frozen layers make of each slice, computed once and kept on disk for every epoch, fold and seed.

The layers before `Phase.trained_from` do not change within the phase, and of a ResNet101 they are nine tenths of the
arithmetic. Each slice is augmented `Phase.kept` times; variant 0 is not augmented at all and serves validation too. Of
the clear slices of another source every second variant has opacities drawn in.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from covidviewer.files import make_folder
from training.batches.augment import NONE
from training.batches.batches import Batch, Pick, Seeds, Source, Sources, by_cell, picks_of, training_input
from training.data.framed import Canvases
from training.network.checkpoint import Weights

FOLDER = "kept"
SLICES_AT_ONCE = 8


@dataclass(frozen=True, eq=False)
class Variants:
    """One slice's variants: `maps` (variants, rows, columns, channels) float16, what enters the first trained layer.

    `cells` (variants, 3, last rows, last columns) float32: the lungs' share of each cell of the last feature map, its
    lesions, and the weight of what is known of those.
    """

    maps: NDArray[np.float16]
    cells: NDArray[np.float32]


def mark_of(canvases: Canvases, index: int) -> int:
    """Of a framed slice and what is outlined on it: other pixels or another framing have another mark."""
    mark = zlib.crc32(np.ascontiguousarray(canvases.density[index]))
    mark = zlib.crc32(np.ascontiguousarray(canvases.hull[index]), mark)
    return mark if canvases.lesion is None else zlib.crc32(np.ascontiguousarray(canvases.lesion[index]), mark)


class KeptFeatures:
    """The variants of a phase's slices, those on disk and those that are computed now.

    Parameters
    ----------
    lower
        `network.lower_part`: (n, size, size, 2) float32 -> feature maps.
    sources
        Where the slices come from; `drawn` is not heeded, since labelled slices are kept without synthetic opacities.
    variants, seed
        How many of each slice, and what their augmentation depends on beside slice and number.
    weights
        Of the lower part, by name: another network has other features.
    cache
        A folder that several runs share. Files are named by everything they depend on, and may be deleted.
    """

    def __init__(self, lower: Any, sources: Sources, variants: int, seed: int, weights: Weights, cache: Path) -> None:
        self.lower, self.sources, self.variants, self.seed = lower, sources, variants, seed
        key = hashlib.sha256(repr((sources.size, sources.augmentation, variants, seed)).encode())
        for name in sorted(weights):
            key.update(name.encode())
            key.update(np.ascontiguousarray(weights[name], np.float32).tobytes())
        self.folder = cache / f"{FOLDER}-{key.hexdigest()[:16]}"
        self.marks = {
            (source, name): mark_of(canvases, at)
            for source, canvases in self.kinds()
            for at, name in enumerate(canvases.names)
        }

    def fill(self, say: Any) -> None:
        """Compute what is not on disk yet: about one forward pass a variant."""
        for source, canvases in self.kinds():
            missing = [at for at, name in enumerate(canvases.names) if not self.files(source, name)[1].exists()]
            if missing:
                say(f"Features of {len(missing)} {source} slices, {self.variants} variants of each")
            for at in range(0, len(missing), SLICES_AT_ONCE):
                self.compute(source, canvases, missing[at : at + SLICES_AT_ONCE])

    def kinds(self) -> Iterator[tuple[Source, Canvases]]:
        """The sources that there are."""
        yield "labelled", self.sources.labelled
        if self.sources.clear:
            yield "clear", self.sources.clear
        if self.sources.lesioned:
            yield "lesioned", self.sources.lesioned

    def files(self, source: Source, name: str) -> tuple[Path, Path]:
        """Where the maps and cells of one of the given slices are; the second is written last."""
        stem = hashlib.sha256(f"{source}/{name}/{self.marks[source, name]}".encode()).hexdigest()[:24]
        return self.folder / f"{stem}.maps.npy", self.folder / f"{stem}.cells.npy"

    def compute(self, source: Source, canvases: Canvases, places: Sequence[int]) -> None:
        """Compute and keep some slices of a source."""
        make_folder(self.folder)
        pictures = [
            self.picture(source, canvases.names[at], at, number) for at in places for number in range(self.variants)
        ]
        maps = self.lower.predict_on_batch(np.stack([picture.input for picture in pictures])).astype(np.float16)
        edge = pictures[0].known.shape[0]
        cells = np.stack(
            [np.stack([by_cell(one.input[..., 1], edge), one.lesions, one.known]) for one in pictures]
        ).astype(np.float32)
        for number, at in enumerate(places):
            rows = slice(number * self.variants, (number + 1) * self.variants)
            for file, values in zip(self.files(source, canvases.names[at]), (maps[rows], cells[rows]), strict=True):
                partial = file.with_suffix(f".{os.getpid()}.partial")
                with partial.open("wb") as stream:
                    np.save(stream, values)
                partial.replace(file)

    def picture(self, source: Source, name: str, index: int, number: int) -> Any:
        """Variant `number` of a slice; the same for every run."""
        rng = np.random.default_rng([self.seed, zlib.crc32(name.encode()), number])
        pick = Pick(source, index, -1, drawn=source == "clear" and number % 2 == 1)
        return training_input(self.sources, pick, rng, NONE if number == 0 else None)

    def read(self, source: Source, name: str) -> Variants:
        """A slice's variants, mapped."""
        maps, cells = self.files(source, name)
        return Variants(np.load(maps, mmap_mode="r"), np.load(cells, mmap_mode="r"))

    def epoch(self, seeds: Seeds) -> Iterator[Batch[list[NDArray[np.float32]]]]:
        """The batches of an epoch, from what is kept."""
        canvases = dict(self.kinds())
        for step in range(self.sources.steps):
            picks = picks_of(replace(self.sources, drawn=0.0), seeds, step)
            rng = np.random.default_rng((*seeds, step, len(picks)))
            chosen = []
            for pick in picks:
                number = int(rng.integers(self.variants))
                if pick.source == "clear":  # odd variants have synthetic opacities
                    number = 2 * int(rng.integers((self.variants + (not pick.drawn)) // 2)) + pick.drawn
                kept = self.read(pick.source, canvases[pick.source].names[pick.index])
                chosen.append((kept.maps[number], kept.cells[number]))
            maps = np.stack([one[0] for one in chosen]).astype(np.float32)
            cells = np.stack([one[1] for one in chosen])
            targets = np.eye(2, dtype=np.float32)[[pick.label for pick in picks]]
            yield Batch([maps, cells[:, 0, ..., None]], targets, cells[:, 1], cells[:, 2])

    def plain(self, names: Sequence[str]) -> list[NDArray[np.float32]]:
        """Labelled slices without augmentation, as the upper part takes them."""
        kept = [self.read("labelled", name) for name in names]
        maps = np.stack([one.maps[0] for one in kept]).astype(np.float32)
        return [maps, np.stack([one.cells[0, 0] for one in kept])[..., None]]
