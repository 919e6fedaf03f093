"""File > Classify a folder: owns the one dialog, and the batch that may run behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from covidviewer.ui.workspace import Workspace

if TYPE_CHECKING:
    from covidviewer.services.scoring import Scorer
    from covidviewer.services.user_files.settings import Settings
    from covidviewer.ui.dialogs.batch import BatchDialog


class BatchCommands:
    """Makes the dialog when it is first wanted; a batch that runs goes on while it is closed.

    Parameters
    ----------
    open_paths
        Opens a slice of the table in the window.
    """

    def __init__(self, workspace: Workspace, open_paths: Callable[[Sequence[Path]], None]) -> None:
        self._workspace, self._open_paths = workspace, open_paths
        self.dialog: BatchDialog | None = None

    def open(self) -> None:
        """Show the dialog, as it was left."""
        if self.dialog is None:
            from covidviewer.ui.dialogs.batch import BatchDialog

            self.dialog = BatchDialog(self._workspace.look, self._make_scorer, self._workspace.window)
            self.dialog.open_wanted.connect(lambda path: self._open_paths([path]))
            begin_with(self.dialog, self._workspace.preferences.settings)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def stop(self, milliseconds: int) -> bool:
        """End the batch; False when it did not come back in time."""
        return self.dialog is None or self.dialog.end(milliseconds)

    def _make_scorer(self) -> Scorer:
        """On the batch's thread."""
        from covidviewer.services.scoring import load_scorer

        settings = self._workspace.preferences.settings
        return load_scorer(settings.engine, settings.device, threads=settings.threads)


def begin_with(dialog: BatchDialog, settings: Settings) -> None:
    """The last folder, and what the settings say of batches."""
    dialog.form.table_form = settings.batch_form
    if settings.last_folder:
        dialog.form.choose(Path(settings.last_folder))
    dialog.form.recursive.setChecked(settings.batch_recursive)
    dialog.form.with_maps.setChecked(settings.batch_heat_maps)
    dialog.form.with_report.setChecked(settings.batch_report)
