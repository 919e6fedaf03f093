"""Scoring files without a window: each frame of each file becomes one answer, and no file stops the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from covidviewer.errors import BrokenModel, CovidViewerError
from covidviewer.imaging.slices import Slice, Unread
from covidviewer.inference.engines.names import ENGINE_NAMES
from covidviewer.inference.results import Outcome, Result
from covidviewer.services.opening import FoundFile, find_files

if TYPE_CHECKING:
    from covidviewer.inference.analyser import Analyser, Prepared
    from covidviewer.inference.bundle import Bundle
    from covidviewer.inference.engines.switch import LongRun

CHUNK: Final = 16
"""Frames that are read, framed and scored together."""


@dataclass(frozen=True, eq=False)
class Answer:
    """What came of one frame: `frame` counts from 0; `slice` is None where it could not be read."""

    path: Path
    frame: int
    result: Result
    slice: Slice | None = None


class Scorer:
    """The bundled model on the engine that was asked for; without a usable model every slice fails with that sentence.

    Parameters
    ----------
    engine, device
        See `inference.engines.choice.Engines.choose`.
    model
        Folder of another model than the bundled one, or None.
    threads
        That compute; None: the physical cores.

    Attributes
    ----------
    notice
        A sentence for the person: another device took over, or the model cannot be used; '' otherwise.

    Construct, use and close on one thread. Raises `DeviceUnavailable` for an engine that is not installed, and
    `UnreadableFile` for a `model` that is no folder with a model.
    """

    def __init__(self, engine: str = "auto", device: str = "auto", model: Path | None = None, threads: int = 0) -> None:
        from covidviewer.inference.bundle import load_bundle
        from covidviewer.inference.engines.choice import Engines

        self._analyser: Analyser | None = None
        self._long_run: LongRun | None = None
        try:
            bundle = load_bundle(model)
            engines = Engines(bundle, threads=threads)
            classifier, report = engines.choose(engine, device)
        except BrokenModel as error:
            self.notice = str(error)
            return
        from covidviewer.inference.analyser import Analyser
        from covidviewer.inference.engines.switch import LongRun

        self.notice = report.notice
        self._analyser = Analyser(classifier, bundle)
        self._long_run = LongRun(engines, self._analyser, classifier, engine == "auto" and device != "gpu")

    @property
    def broken(self) -> bool:
        """Whether nothing can be scored."""
        return self._analyser is None

    @property
    def bundle(self) -> Bundle:
        """The model. Raises `BrokenModel` with the notice when there is none."""
        if self._analyser is None:
            raise BrokenModel(self.notice)
        return self._analyser.bundle

    @property
    def description(self) -> str:
        """Model, engine and device for people; '' when broken."""
        if self._analyser is None:
            return ""
        engine = ENGINE_NAMES.get(self._analyser.engine, self._analyser.engine)
        return f"model {self._analyser.bundle.card.version}, {engine}, {self._analyser.device}"

    def score(self, paths: Iterable[Path]) -> Iterator[Answer]:
        """An answer for each frame of each file in and under `paths`, in their order."""
        frames = frames_of(find_files(paths))
        size = 1
        while chunk := list(islice(frames, size)):
            yield from self._score_chunk(chunk)
            size = CHUNK
            self._count(sum(answer.slice is not None for answer in chunk))

    def settle(self, waiting: Sequence[Prepared | Result]) -> list[Result]:
        """The results of one batch of prepared slices, in its order; a long run may go on with a faster engine."""
        if self._analyser is None:
            return [self._refusal()] * len(waiting)
        results = list(self._analyser.settle(waiting))
        self._count(len(results))
        return results

    def close(self) -> None:
        """Release the model."""
        if self._analyser is not None:
            self._analyser.close()

    def _score_chunk(self, chunk: list[Answer]) -> Iterator[Answer]:
        slices = [answer.slice for answer in chunk if answer.slice is not None]
        results = iter(self._analyser.analyse_many(slices) if self._analyser else [self._refusal()] * len(slices))
        for answer in chunk:
            if answer.slice is None:
                yield answer
            else:
                yield Answer(answer.path, answer.frame, next(results), answer.slice)

    def _refusal(self) -> Result:
        return Result(Outcome.FAILED, self.notice)

    def _count(self, scored: int) -> None:
        """Look for a faster engine once a run is long."""
        if self._long_run is not None:
            self._long_run.scored(scored)


def frames_of(files: Iterable[FoundFile | Unread]) -> Iterator[Answer]:
    """Each frame read, or failed with its sentence; a result with a slice is still to be replaced by its score."""
    unscored = Result(Outcome.FAILED, "This slice was not processed.")
    for found in files:
        if isinstance(found, Unread):
            yield Answer(found.path, 0, Result(Outcome.FAILED, found.reason))
            continue
        for place, header in enumerate(found.headers):
            frame = header.source.frame
            try:
                yield Answer(found.path, frame, unscored, found.read(place))
            except CovidViewerError as error:
                yield Answer(found.path, frame, Result(Outcome.FAILED, str(error)))
