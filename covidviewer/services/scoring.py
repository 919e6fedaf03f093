"""Scoring files without a window: each frame of each file becomes one result, and no file stops the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from covidviewer.errors import CovidViewerError
from covidviewer.imaging.slices import Slice, Unread
from covidviewer.inference.analyser import BATCH, prepare_safely
from covidviewer.inference.results import Outcome, Result
from covidviewer.services.opening import FoundFile, find_files

if TYPE_CHECKING:
    from covidviewer.imaging.lungs.box import Box
    from covidviewer.inference.analyser import Prepared
    from covidviewer.inference.bundle import Bundle
    from covidviewer.inference.card import ModelCard
    from covidviewer.inference.loading import LoadedModel


@dataclass(frozen=True, eq=False)
class FrameResult:
    """What came of one frame: `frame` counts from 0; `slice` is None where it could not be read."""

    path: Path
    frame: int
    result: Result
    slice: Slice | None = None


@dataclass(frozen=True, eq=False)
class Frame:
    """A frame that was read and has no result yet; `frame` counts from 0."""

    path: Path
    frame: int
    slice: Slice


class Scorer:
    """Scores slices and files with a loaded model; a long run may go on with a faster engine.

    Parameters
    ----------
    loaded
        Owned from here on: `close` releases it.

    Attributes
    ----------
    notice
        A sentence for the person where another device took the place of the chosen one, or ''.
    report
        Which engine computes now, and what is known of the others; frozen and renewed as a whole, for any thread.

    Use and close on the thread that loaded the model.
    """

    def __init__(self, loaded: LoadedModel) -> None:
        self._analyser = loaded.analyser
        self._engines = loaded.engines
        self._switch = loaded.switch
        self.notice = loaded.report.notice
        self.report = loaded.report

    @property
    def bundle(self) -> Bundle:
        """The model."""
        return self._analyser.bundle

    @property
    def card(self) -> ModelCard:
        """What is said of the model; frozen, for any thread."""
        return self._analyser.bundle.card

    def analyse(self, slice_: Slice, box: Box | None = None) -> Result:
        """One slice, cut out at `box` where a person moved it; never raises for the image's content."""
        result = self._analyser.analyse(slice_, box)
        self._count(1)
        return result

    def score(self, paths: Iterable[Path]) -> Iterator[FrameResult]:
        """A result for each frame of each file in and under `paths`, in their order."""
        frames = frames_of(find_files(paths))
        size = 1
        while chunk := list(islice(frames, size)):
            yield from self._score_chunk(chunk)
            size = BATCH
            self._count(sum(isinstance(one, Frame) for one in chunk))

    def classify_prepared(self, waiting: Sequence[Prepared | Result]) -> list[Result]:
        """The results of one batch of prepared slices, in its order; a long run may go on with a faster engine."""
        results = list(self._analyser.classify_prepared(waiting))
        self._count(len(results))
        return results

    def measure_engines(self) -> None:
        """Open, check and time every engine, for `report`. Takes seconds; an engine that fails is one row of it."""
        self.report = self._engines.survey(self.report.chosen.place)

    def close(self) -> None:
        """Release the model. Calling it twice is harmless."""
        self._analyser.close()

    def _score_chunk(self, chunk: list[Frame | FrameResult]) -> Iterator[FrameResult]:
        results = self._analyser.classify_prepared(
            [prepare_safely(one.slice) for one in chunk if isinstance(one, Frame)]
        )
        for one in chunk:
            yield FrameResult(one.path, one.frame, next(results), one.slice) if isinstance(one, Frame) else one

    def _count(self, scored: int) -> None:
        """Look for a faster engine once a run is long."""
        changed = self._switch.scored(scored)
        if changed is not None:
            self.report = changed


def load_scorer(engine: str = "auto", device: str = "auto", folder: Path | None = None, threads: int = 0) -> Scorer:
    """A scorer for the calling thread, with all that it imports. Parameters and errors: `inference.loading.load_model`.

    A cluster's worker is sent this function, by its name.
    """
    from covidviewer.inference.loading import load_model

    return Scorer(load_model(engine, device, folder, threads))


def frames_of(files: Iterable[FoundFile | Unread]) -> Iterator[Frame | FrameResult]:
    """Each frame read, or the result that says why it was not."""
    for found in files:
        if isinstance(found, Unread):
            yield FrameResult(found.path, 0, Result(Outcome.FAILED, found.reason))
            continue
        for place, outcome in found.frames():
            frame = found.headers[place].source.frame
            if isinstance(outcome, CovidViewerError):
                yield FrameResult(found.path, frame, Result(Outcome.FAILED, str(outcome)))
            else:
                yield Frame(found.path, frame, outcome)
