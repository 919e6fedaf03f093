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
DRAWN: Final = (
    ("tool-distance", ((0.33, 0.52), (0.44, 0.62))),
    ("tool-ellipse", ((0.62, 0.50), (0.70, 0.62))),
    ("tool-cobb", ((0.40, 0.25), (0.60, 0.24))),
    ("tool-cobb", ((0.42, 0.85), (0.60, 0.80))),
)
"""Tools and where they are dragged."""


def see(situations: Situations, album: Album, pictures: Path) -> None:
    """All of them, from the empty window to a batch of the folder `pictures`; the window is closed empty."""
    window, hands = situations.window, situations.hands
    album.take("empty", window)
    situations.score_it()
    window.board["heat-map"].trigger()
    hands.click((0.33, 0.56))
    album.take("window", window)
    window.board["heat-map"].trigger()
    window.board["hull"].trigger()
    album.take("lungs", window)
    window.board["hull"].trigger()
    window.board["box"].trigger()
    album.take("box", window)
    window.board["box"].trigger()
    window.board["analyse-series"].trigger()
    situations.sure(lambda: window.analysis.running is None, "the series")
    album.take("series", window)
    for tool, path in DRAWN:
        window.board[tool].trigger()
        hands.drag(*path)
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
    situations.sure(lambda: window.planes.panes is not None, "the planes")
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


def run_a_batch(situations: Situations, album: Album, pictures: Path) -> None:
    """Its files, then its summary."""
    window = situations.window
    window.board["batch"].trigger()
    dialog = window.batch.dialog
    assert dialog is not None
    dialog.choose(pictures)
    dialog.start.click()
    situations.sure(lambda: not dialog.running, "the batch")
    dialog.tabs.setCurrentIndex(0)
    album.take("batch", dialog)
    dialog.tabs.setCurrentIndex(1)
    album.take("batch-summary", dialog)
    dialog.close()


def page_on_top() -> QDialog:
    """The page that is open."""
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible())
