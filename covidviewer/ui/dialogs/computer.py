"""About this computer: what computes the scores, what else could, and whether it was found right."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from covidviewer import __version__
from covidviewer.ui.analysis import Model
from covidviewer.ui.dialogs.page import Page, escaped, table
from covidviewer.ui.words import tr

if TYPE_CHECKING:
    from covidviewer.ui.main_window import MainWindow


def show_computer(window: MainWindow) -> None:
    """System, cache, engines."""
    html = f"<h3>{escaped(tr('System'))}</h3>{table(system_rows(window))}"
    html += f"<h3>{escaped(tr('Model'))}</h3>{table(model_rows(window))}"
    Page(tr("About this computer"), html, window).show()


def system_rows(window: MainWindow) -> list[tuple[str, str]]:
    """Versions and the memory that slices take."""
    from PySide6 import __version__ as qt_version

    store = window.session.store
    screen = window.screen()
    return [
        (tr("Program"), f"CovidViewer {__version__}"),
        (tr("System"), platform.platform(terse=True)),
        (tr("Processor"), platform.machine()),
        (tr("Python, Qt for Python"), f"{platform.python_version()}, {qt_version}"),
        (tr("Screen scale"), f"{screen.devicePixelRatio():g}"),
        (tr("Slices in memory"), f"{store.bytes / 1e6:.0f} / {store.budget_bytes / 1e6:.0f} MB"),
    ]


def model_rows(window: MainWindow) -> list[tuple[str, str]]:
    """The engine that is used, and the self-check of each."""
    analysis = window.analysis
    if analysis.model is Model.LOADING:
        return [(tr("State"), tr("being loaded"))]
    if analysis.model is Model.BROKEN:
        return [(tr("State"), tr("cannot be used")), (tr("Why"), tr(analysis.model_problem))]
    notice = [(tr("Notice"), tr(analysis.device_notice))] if analysis.device_notice else []
    return [(tr("State"), tr("ready")), *notice, *analysis.engine_rows]
