"""View: cine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from covidviewer.ui.translation import tr

if TYPE_CHECKING:
    from covidviewer.ui.main_window import MainWindow

FASTER = 1.25


class PlayCommands:
    """Acts on the cine, and shows how it runs."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        window.cine.changed.connect(self._on_changed)

    def play(self, wanted: bool) -> None:
        """Go through the slices, or stop."""
        self._window.cine.set_playing(wanted)

    def faster(self) -> None:
        """A quarter more frames a second."""
        self._window.cine.change_rate(FASTER)

    def slower(self) -> None:
        """A fifth fewer."""
        self._window.cine.change_rate(1 / FASTER)

    def _on_changed(self) -> None:
        cine = self._window.cine
        self._window.board.check("cine", cine.playing)
        self._window.status.cine.setText(tr("{rate} frames/s", rate=cine.rate) if cine.playing else "")
