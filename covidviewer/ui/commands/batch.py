"""File > Classify a folder: owns the one dialog, and the batch that may run behind it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from covidviewer.services.scoring import Scorer
    from covidviewer.services.user_files.settings import Settings
    from covidviewer.ui.dialogs.batch import BatchDialog
    from covidviewer.ui.main_window import MainWindow


class BatchCommands:
    """Makes the dialog when it is first wanted; a batch that runs goes on while it is closed."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.dialog: BatchDialog | None = None

    def open(self) -> None:
        """Show the dialog, as it was left."""
        if self.dialog is None:
            from covidviewer.ui.dialogs.batch import BatchDialog

            self.dialog = BatchDialog(self._window.look, self._make_scorer, self._window)
            self.dialog.open_wanted.connect(lambda path: self._window.files.open([path]))
            begin_with(self.dialog, self._window.preferences.settings)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def stop(self, milliseconds: int) -> bool:
        """End the batch; False when it did not come back in time."""
        return self.dialog is None or self.dialog.end(milliseconds)

    def _make_scorer(self) -> Scorer:
        """On the batch's thread."""
        from covidviewer.services.scoring import load_scorer

        settings = self._window.preferences.settings
        return load_scorer(settings.engine, settings.device, threads=settings.threads)


def begin_with(dialog: BatchDialog, settings: Settings) -> None:
    """The last folder, and what the settings say of batches."""
    dialog.form.table_form = settings.batch_form
    if settings.last_folder:
        dialog.form.choose(Path(settings.last_folder))
    dialog.form.recursive.setChecked(settings.batch_recursive)
    dialog.form.with_maps.setChecked(settings.batch_heat_maps)
    dialog.form.with_report.setChecked(settings.batch_report)
