"""About this computer: what computes the scores, what else could, and whether it was found right."""

from __future__ import annotations

import platform

from PySide6.QtWidgets import QPushButton

from covidviewer import __version__
from covidviewer.inference.engines.cpu import processor_name
from covidviewer.ui.dialogs.page import Page, escaped, table
from covidviewer.ui.plain_text import set_tip
from covidviewer.ui.state.analysis import Model
from covidviewer.ui.translation import tr
from covidviewer.ui.workspace import Workspace


class ComputerPage(Page):
    """System, cache, engines; the engines can be checked and timed anew."""

    def __init__(self, workspace: Workspace) -> None:
        self._measure = QPushButton(tr("Measure all engines"))
        set_tip(self._measure, tr("Takes a few seconds; no slice is analysed in the meantime."))
        self._measure.setEnabled(workspace.analysis.model is Model.READY)
        super().__init__(tr("About this computer"), computer_html(workspace), workspace.window, self._measure)
        self._workspace = workspace
        self._measure.clicked.connect(self._on_measure)
        workspace.analysis.engines_measured.connect(self._on_measured)

    def _on_measure(self) -> None:
        self._measure.setEnabled(False)
        self._measure.setText(tr("Measuring…"))
        self._workspace.analysis.measure_engines()

    def _on_measured(self) -> None:
        self.text.setHtml(computer_html(self._workspace))
        self._measure.setText(tr("Measure all engines"))
        self._measure.setEnabled(True)


def show_computer(workspace: Workspace) -> None:
    """The page, in a window of its own."""
    ComputerPage(workspace).show()


def computer_html(workspace: Workspace) -> str:
    """System, cache, engines as they stand."""
    html = f"<h3>{escaped(tr('System'))}</h3>{table(system_rows(workspace))}"
    return html + f"<h3>{escaped(tr('Model'))}</h3>{table(model_rows(workspace))}"


def system_rows(workspace: Workspace) -> list[tuple[str, str]]:
    """Versions and the memory that slices take."""
    from PySide6 import __version__ as qt_version

    store = workspace.session.store
    screen = workspace.window.screen()
    return [
        (tr("Program"), f"CovidViewer {__version__}"),
        (tr("System"), platform.platform(terse=True)),
        (tr("CPU"), processor_name()),
        (tr("Python, Qt for Python"), f"{platform.python_version()}, {qt_version}"),
        (tr("Screen scale"), f"{screen.devicePixelRatio():g}"),
        (tr("Slices in memory"), f"{store.bytes / 1e6:.0f} / {store.budget_bytes / 1e6:.0f} MB"),
    ]


def model_rows(workspace: Workspace) -> list[tuple[str, str]]:
    """The engine that is used, and the self-check of each."""
    analysis = workspace.analysis
    if analysis.model is Model.LOADING:
        return [(tr("State"), tr("being loaded"))]
    if analysis.model is Model.BROKEN:
        return [(tr("State"), tr("cannot be used")), (tr("Reason"), tr(analysis.model_problem))]
    notice = [(tr("Notice"), tr(analysis.device_notice))] if analysis.device_notice else []
    return [(tr("State"), tr("ready")), *notice, *analysis.engine_rows]
