"""View: cine."""

from __future__ import annotations

from covidviewer.ui.state.cine import Cine
from covidviewer.ui.translation import tr
from covidviewer.ui.workspace import Workspace


class PlayCommands:
    """Acts on the cine, and shows how it runs."""

    def __init__(self, workspace: Workspace, cine: Cine) -> None:
        self._workspace, self._cine = workspace, cine
        cine.changed.connect(self._on_changed)

    def play(self, wanted: bool) -> None:
        """Go through the slices, or stop."""
        self._cine.set_playing(wanted)

    def change_rate(self, factor: float) -> None:
        """More frames a second above 1, fewer below."""
        self._cine.change_rate(factor)

    def _on_changed(self) -> None:
        cine = self._cine
        self._workspace.board.check("cine", cine.playing)
        self._workspace.status.cine.setText(tr("{rate} frames/s", rate=cine.rate) if cine.playing else "")
