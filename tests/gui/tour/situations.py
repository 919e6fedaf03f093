"""How the window is brought to where an action makes sense: one way for each context of the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from covidviewer.ui.actions.table import Context
from covidviewer.ui.state.analysis import Model
from covidviewer.ui.state.session_store import SessionStore
from tests.gui.tour.hands import Hands


class Situations:
    """Each leaves alone what is so already.

    Parameters
    ----------
    hands
        Of the window.
    scans
        What is opened: at least two series in Hounsfield units.
    bad
        Files that cannot be read.
    """

    def __init__(self, hands: Hands, scans: Sequence[Path], bad: Sequence[Path]) -> None:
        self.hands, self.window = hands, hands.window
        self._scans, self._bad = scans, bad
        self.ways: Mapping[Context, Callable[[], None]] = {
            Context.ALWAYS: lambda: None,
            Context.PICTURE: self.show_a_slice,
            Context.SINGLE: self.show_a_slice,
            Context.BESIDE: self.show_two_side_by_side,
            Context.HOUNSFIELD: self.show_a_slice,
            Context.DICOM: self.show_a_slice,
            Context.SERIES: self.show_a_slice,
            Context.RESULT: self.score_it,
            Context.SCORABLE: self.score_it,
            Context.SCORABLE_SERIES: self.score_it,
            Context.RUNNING: self.draw_half_an_angle,
            Context.MEASURED: self.measure,
            Context.KEY_IMAGES: self.mark_a_key_image,
            Context.UNDOABLE: self.measure,
            Context.REDOABLE: self.measure_and_take_back,
            Context.LAST_SESSION: self.have_a_last_session,
            Context.UNREAD: self.offer_unreadable_files,
        }

    def bring(self, context: Context) -> None:
        """Go there. Raises `TimeoutError` when the window does not follow."""
        self.ways[context]()
        self.window.board.refresh()

    def open(self, paths: Sequence[Path]) -> None:
        """Open paths, to the end."""
        self.window.files.open(paths)
        self.sure(lambda: not self.window.files.opening, "opening")

    def show_a_slice(self) -> None:
        """The middle of the first series, in one view."""
        window = self.window
        if len(window.session.opened) < len(self._scans):
            self.open(self._scans)
        for layout in ("planes", "beside"):
            window.board[layout].setChecked(False)
        window.session.show_series(window.session.opened[0])
        window.session.show_slice(len(window.session.opened[0].series) // 2)
        self.sure(lambda: window.session.slice is not None, "a slice")

    def score_it(self) -> None:
        """Its result is there."""
        self.show_a_slice()
        analysis = self.window.analysis
        self.sure(lambda: analysis.model is Model.READY, "the model")
        self.sure(lambda: analysis.shown_result is not None and analysis.running is None, "a result")
        self.sure(lambda: not analysis._awaited, "the latest result")

    def show_two_side_by_side(self) -> None:
        """Two views."""
        self.show_a_slice()
        self.window.board["beside"].setChecked(True)
        self.sure(lambda: self.window.compare_view.view is not None, "two views")

    def measure(self) -> None:
        """A distance is on the slice."""
        self.show_a_slice()
        one = self.window.session.shown
        if one is None or not one.measurements.get(one.index) or not self.window.measure.stack.canUndo():
            self.window.board["tool-distance"].trigger()
            self.hands.drag((0.4, 0.4), (0.6, 0.45))

    def measure_and_take_back(self) -> None:
        """There is something to do again."""
        self.measure()
        self.window.measure.undo()

    def draw_half_an_angle(self) -> None:
        """One leg of it, so that there is something to cancel."""
        self.show_a_slice()
        self.window.board["tool-angle"].trigger()
        self.hands.drag((0.4, 0.4), (0.55, 0.45))
        self.sure(lambda: self.window.view.scene.drawn is not None, "half an angle")

    def mark_a_key_image(self) -> None:
        """The middle slice is one."""
        self.show_a_slice()
        self.window.board["key-image"].setChecked(True)

    def have_a_last_session(self) -> None:
        """As an earlier end of the program left it."""
        self.show_a_slice()
        self.window.last_session.keep()
        kept = SessionStore(self.window.session, self.window.preferences.path, self.window)
        self.window.last_session = self.window.files.last_session = kept

    def offer_unreadable_files(self) -> None:
        """They are in the list of those that could not be read."""
        if not self.window.session.unread:
            self.open(self._bad)

    def sure(self, until: Callable[[], object], what: str) -> None:
        """Wait for it, or say what did not come."""
        if not self.hands.wait(until):
            raise TimeoutError(f"{what} did not come")
