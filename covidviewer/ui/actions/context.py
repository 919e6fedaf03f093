"""What is true of the window now: by this the actions that make sense are enabled."""

from __future__ import annotations

from PySide6.QtGui import QUndoStack

from covidviewer.ui.actions.table import Context
from covidviewer.ui.state.analysis import Analysis, Model
from covidviewer.ui.state.session import Session


def contexts(
    session: Session,
    analysis: Analysis,
    undo: QUndoStack,
    *,
    single: bool,
    beside: bool,
    running: bool,
    last_session: bool,
) -> frozenset[Context]:
    """The contexts that hold.

    Parameters
    ----------
    undo
        Of the measurements.
    single
        The slice is shown, and not the planes through its series.
    beside
        A second view is shown.
    running
        Something but the analysis can be cancelled.
    last_session
        There is something to open again.
    """
    holding = {
        Context.ALWAYS: True,
        Context.RUNNING: running or analysis.running is not None,
        Context.LAST_SESSION: last_session,
        Context.UNREAD: bool(session.unread),
        Context.UNDOABLE: single and undo.canUndo(),
        Context.REDOABLE: single and undo.canRedo(),
        **of_slice(session, analysis, single, beside),
    }
    return frozenset(context for context, holds in holding.items() if holds)


def of_slice(session: Session, analysis: Analysis, single: bool, beside: bool) -> dict[Context, bool]:
    """Those of the shown slice and its series; empty when nothing is open."""
    one, slice_ = session.shown, session.slice
    if one is None:
        return {}
    several, ready = len(one.series) > 1, analysis.model is Model.READY
    result = analysis.shown_result
    return {
        Context.PICTURE: True,
        Context.SINGLE: single,
        Context.BESIDE: single and beside,
        Context.HOUNSFIELD: slice_ is not None and slice_.units == "HU",
        Context.DICOM: one.series.headers[one.index].source.kind == "DICOM",
        Context.SERIES: several,
        Context.MEASURED: single and bool(one.measurements.get(one.index)),
        Context.KEY_IMAGES: bool(one.key_images),
        Context.SCORABLE: ready and not session.problem,
        Context.SCORABLE_SERIES: ready and several and analysis.running is None,
        Context.RESULT: single and result is not None and result.framing is not None,
    }
