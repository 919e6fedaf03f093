"""What is true of the window now: by this the actions that make sense are enabled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from covidviewer.ui.actions.table import Context
from covidviewer.ui.state.analysis import Model

if TYPE_CHECKING:
    from covidviewer.ui.main_window import MainWindow


def facts(window: MainWindow) -> frozenset[Context]:
    """The contexts that hold."""
    session, stack = window.session, window.measure.stack
    drawing = window.view.scene.drawn is not None
    single = window.planes.panes is None
    told = {
        Context.ALWAYS: True,
        Context.RUNNING: window.files.opening
        or window.planes.reading
        or window.analysis.running is not None
        or drawing,
        Context.LAST_SESSION: window.last_session.there,
        Context.UNREAD: bool(session.unread),
        Context.UNDOABLE: single and stack.canUndo(),
        Context.REDOABLE: single and stack.canRedo(),
        **of_slice(window),
    }
    return frozenset(context for context, holds in told.items() if holds)


def of_slice(window: MainWindow) -> dict[Context, bool]:
    """Those of the shown slice and its series; empty when nothing is open."""
    one, slice_, analysis = window.session.shown, window.session.slice, window.analysis
    if one is None:
        return {}
    several, ready = len(one.series) > 1, analysis.model is Model.READY
    result = analysis.shown_result
    single = window.planes.panes is None
    return {
        Context.PICTURE: True,
        Context.SINGLE: single,
        Context.BESIDE: single and window.companion.view is not None,
        Context.HOUNSFIELD: slice_ is not None and slice_.units == "HU",
        Context.DICOM: one.series.headers[one.index].source.kind == "DICOM",
        Context.SERIES: several,
        Context.MEASURED: single and bool(one.measurements.get(one.index)),
        Context.KEY_IMAGES: bool(one.key_images),
        Context.SCORABLE: ready and not window.session.problem,
        Context.SCORABLE_SERIES: ready and several and analysis.running is None,
        Context.RESULT: single and result is not None and result.framing is not None,
    }
