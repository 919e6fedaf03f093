"""Progress of a training on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable

from training.fit.phases import TrainingProgress


class progress_bar:  # noqa: N801 - used as a verb: with progress_bar() as watch
    """A bar with loss, accuracy and time left on a terminal; nothing where stderr is a file."""

    def __enter__(self) -> Callable[[TrainingProgress], None]:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[words]}")
        self.bar = Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
        self.bar.start()
        task = self.bar.add_task("", total=1, words="")

        def watch(progress: TrainingProgress) -> None:
            self.bar.update(
                task,
                description=f"{progress.phase} {progress.epoch}/{progress.epochs}",
                completed=progress.step,
                total=progress.steps,
                words=f"loss {progress.loss:.4f}  accuracy {progress.accuracy:.3f}  "
                f"{progress.seconds_left / 60:.0f} min left",
            )

        return watch

    def __exit__(self, *_: object) -> None:
        self.bar.stop()
