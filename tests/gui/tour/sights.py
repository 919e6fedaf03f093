"""The stops that are worth a picture in the user guide, each brought about and pictured."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication, QDialog

from tests.gui.tour.album import Album
from tests.gui.tour.situations import Situations

GUIDE: Final = (
    "empty", "window", "series", "lungs", "measure", "beside", "planes", "unread", "batch", "meaning", "settings",
)  # fmt: skip
"""Names of the pictures that the user guide shows."""


def see(situations: Situations, album: Album, pictures: Path) -> None:
    """All of them, from the empty window to a batch of the folder `pictures`; the window is closed empty."""
    window, hands = situations.window, situations.hands
    album.take("empty", window)
    situations.score_it()
    window.board["heat-map"].setChecked(True)
    hands.click((0.33, 0.56))
    album.take("window", window)
    window.board["heat-map"].setChecked(False)
    window.board["hull"].setChecked(True)
    album.take("lungs", window)
    window.board["hull"].setChecked(False)
    window.board["box"].setChecked(True)
    album.take("box", window)
    window.board["box"].setChecked(False)
    window.board["analyse-series"].trigger()
    situations.sure(lambda: window.analysis.running is None, "the series")
    window.result_panel.ensureWidgetVisible(window.result_panel.series)
    album.take("series", window)
    window.result_panel.ensureWidgetVisible(window.result_panel.head)
    draw(situations)
    album.take("measure", window)
    window.board["histogram"].trigger()
    page = page_on_top()
    album.page("histogram", page)
    page.close()
    window.board["remove-all"].trigger()
    window.board["tool-window"].trigger()
    situations.show_two_side_by_side()
    album.take("beside", window)
    situations.show_a_slice()
    window.board["planes"].trigger()
    situations.sure(lambda: window.mpr.panes is not None, "the planes")
    album.take("planes", window)
    situations.show_a_slice()
    situations.offer_unreadable_files()
    situations.sure(window.centre.banner.isVisible, "the notice")
    album.take("could-not-be-read", window)
    window.board["show-unread"].trigger()
    page = page_on_top()
    album.page("unread", page)
    page.close()
    window.centre.banner.hide()
    run_a_batch(situations, album, pictures)
    window.board["close-all"].trigger()


def draw(situations: Situations) -> None:
    """A distance, an angle and an ellipse."""
    board, hands = situations.window.board, situations.hands
    board["tool-distance"].trigger()
    hands.drag((0.235, 0.47), (0.76, 0.47))
    board["tool-angle"].trigger()
    hands.drag((0.37, 0.31), (0.37, 0.40))
    hands.click((0.45, 0.36))
    board["tool-ellipse"].trigger()
    hands.drag((0.655, 0.53), (0.745, 0.665))


def run_a_batch(situations: Situations, album: Album, pictures: Path) -> None:
    """Its files, then its summary."""
    window = situations.window
    window.board["batch"].trigger()
    dialog = window.batch.dialog
    assert dialog is not None
    dialog.form.choose(pictures)
    dialog.start.click()
    situations.sure(lambda: not dialog.running, "the batch")
    dialog.tabs.setCurrentIndex(0)
    dialog.table.scrollToTop()
    album.take("batch", dialog)
    dialog.tabs.setCurrentIndex(1)
    album.take("batch-summary", dialog)
    dialog.close()


def page_on_top() -> QDialog:
    """The page that is open."""
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible())
