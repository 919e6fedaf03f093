"""A run's epochs as TensorBoard curves: `train --tensorboard DIR`, then `tensorboard --logdir DIR`. Optional."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, Self

from covidviewer.errors import UnreadableFile
from covidviewer.files import unwritable

WITHOUT_TENSORFLOW = "tensorboard.compat.notf"
"""A module whose presence tells TensorBoard to write with its own code, and not to import TensorFlow for it."""
SERIES = ("loss", "accuracy", "validation_loss", "validation_accuracy", "validation_auc", "pictures_per_second")


class Curves:
    """Writes one point a series and epoch, epochs counted over all phases; on the thread that trains.

    Raises `UnreadableFile` where the package tensorboard is missing, `OutputUnwritable` where the folder is.
    """

    def __init__(self, folder: Path) -> None:
        sys.modules.setdefault(WITHOUT_TENSORFLOW, ModuleType(WITHOUT_TENSORFLOW))
        try:
            from tensorboard.summary import Writer
        except ImportError as absent:
            raise UnreadableFile("--tensorboard needs the package tensorboard: pip install tensorboard.") from absent
        try:
            self.writer = Writer(str(folder))
        except OSError as error:
            raise unwritable(folder, error) from error
        self.epochs = 0

    def draw(self, records: Sequence[Mapping[str, Any]]) -> None:
        """Add the epochs of a log (`network.run.read_log`) that are not drawn yet."""
        for epoch, record in enumerate(records[self.epochs :], self.epochs + 1):
            for name in SERIES:
                self.writer.add_scalar(name, record[name], step=epoch)
        self.epochs = max(self.epochs, len(records))
        self.writer.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.writer.close()
