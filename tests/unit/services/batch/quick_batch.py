"""A batch without a network, and readers that misbehave: for processes of their own, which import this module.

As a program: `python -m tests.unit.services.batch.quick_batch FOLDER OUTPUT` runs or resumes a batch with the quick
scorer.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event

from covidviewer.inference.analyser import Prepared
from covidviewer.inference.results import Label, Outcome, Result
from covidviewer.services.batch import decoder_pool, read_file
from covidviewer.services.batch.plan import BatchPlan
from covidviewer.services.batch.run import BatchRun
from covidviewer.services.scoring import Scorer
from tests.unit.services.fakes import fake_bundle, fake_model


class QuickScorer(Scorer):
    """Scores by the mean of the model's input, and remembers how large its batches were."""

    def __init__(self, version: str = "0.0-fake") -> None:
        whole = fake_bundle()
        super().__init__(fake_model(bundle=replace(whole, card=replace(whole.card, version=version))))
        self.batches: list[int] = []
        self.closed = False

    def close(self) -> None:
        self.closed = True

    def classify_prepared(self, waiting: Sequence[Prepared | Result]) -> list[Result]:
        self.batches.append(sum(isinstance(one, Prepared) for one in waiting))
        return [self._result(one) for one in waiting]

    def _result(self, one: Prepared | Result) -> Result:
        version = self.bundle.card.version
        if isinstance(one, Result):
            return replace(one, model_version=version)
        score = float(one.model_input.mean()) % 1
        return Result(
            Outcome.SCORED,
            p_covid=score,
            logit_covid=score - 0.5,
            label=Label.COVID if score >= 0.5 else Label.NON_COVID,
            framing=one.framing,
            opacity=one.opacity,
            model_version=version,
        )


def misbehaving_work(pipe: Connection, keep_slices: bool, memory: int) -> None:
    """A decoder process that ends, hangs, or swallows memory on files that are called so."""
    misbehave(memory)
    decoder_pool.work(pipe, keep_slices, memory)


def misbehave(memory: int) -> None:
    """Let this process end, hang, or swallow memory on files that are called so."""
    read_well = read_file.frames_of

    def frames_of(task: read_file.Task, path: Path, keep_slices: bool) -> Iterator[read_file.Decoded]:
        name = task.name
        if name.startswith("crash"):
            os._exit(11)
        if name.startswith("hang"):
            Event().wait()
        if name.startswith("bloat"):
            bytearray(2 * memory)
        return read_well(task, path, keep_slices)

    read_file.frames_of = frames_of


def misbehaving_scorer() -> QuickScorer:
    """On a cluster's worker: a network that brings reading with it that ends or hangs on files that are called so."""
    misbehave(2_000_000_000)
    return QuickScorer("misbehaving")


def main(folder: str, output: str) -> None:
    """Run or resume to the end, and say so."""
    batch = BatchRun(BatchPlan(Path(folder), Path(output), resume=True, workers=1), QuickScorer())
    for outcome in batch.outcomes():
        print(outcome.file, flush=True)
    batch.finish()
    batch.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
