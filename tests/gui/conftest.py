"""A window with a made-up model and a synthetic chest, and the rule that no test leaves a thread behind."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from covidviewer.imaging.slices import FileKind, Geometry, Series, Slice, SliceHeader, Source, Units, VoiWindow
from covidviewer.paths import resource_folder
from covidviewer.phantom.slices import Phantom, phantom_slice
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.mpr.panes import MprPanes
from covidviewer.ui.state.preferences import Preferences
from covidviewer.ui.theme.look import Look
from covidviewer.ui.theme.tokens import Theme
from tests.gui.made_up_model import MadeUpModel

SIZE = 128


@pytest.fixture(scope="session")
def phantoms() -> tuple[Phantom, ...]:
    """Five levels of one chest, small."""
    return tuple(phantom_slice(3, level, lesions=3, size=SIZE) for level in (0.3, 0.4, 0.5, 0.6, 0.7))


@pytest.fixture
def series(phantoms: tuple[Phantom, ...]) -> Series:
    """The five levels as a series in Hounsfield units, feet first at the end."""
    slices = tuple(slice_of(phantom, index) for index, phantom in enumerate(phantoms))
    return series_of(slices, "Synthetic chest")


@pytest.fixture
def picture() -> Series:
    """One 8-bit picture without spacing."""
    rows, columns = np.mgrid[0:90, 0:120]
    values = ((rows + columns) % 256).astype(np.int16)
    source = Source(Path("picture.png"), FileKind.PNG, identity=str(uuid4()))
    return series_of((Slice(values, Units.GREY, source),), "picture.png")


@pytest.fixture
def look(qapp: QApplication) -> Look:
    """Our icons, dark."""
    made = Look(qapp, resource_folder("icons"))
    made.use(Theme.DARK)
    return made


@pytest.fixture
def model() -> MadeUpModel:
    """What the window's inference thread owns; tests steer it."""
    return MadeUpModel()


@pytest.fixture
def window(qtbot: QtBot, look: Look, model: MadeUpModel) -> Iterator[MainWindow]:
    """A shown window with its model at work; closed at the end, with nothing left running."""
    made = MainWindow(look, Preferences(), lambda: model)
    made.resize(1200, 800)
    made.show()
    qtbot.waitExposed(made)
    made.begin()
    yield made
    model.resume()
    made.close()
    assert made.stopped
    made.deleteLater()


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """As many Python threads after a test as before it."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and thread.is_alive()]
    assert not [thread for thread in left if not thread.daemon], left


@pytest.fixture
def shown(window: MainWindow, series: Series, qtbot: QtBot) -> MainWindow:
    """The window with the series open and its middle slice scored."""
    show(window, series, qtbot)
    return window


@pytest.fixture
def chest(series: Series) -> Series:
    """Five slices, 5 mm apart, from the feet up."""
    headers = tuple(reversed(series.headers))
    return replace(series, headers=headers, spacing_mm=5.0, read_slice=lambda index: series.read_slice(4 - index))


@pytest.fixture
def panes(window: MainWindow, chest: Series, qtbot: QtBot) -> MprPanes:
    """The three planes through the chest, shown."""
    show(window, chest, qtbot)
    window.board["planes"].trigger()
    qtbot.waitUntil(lambda: window.mpr.panes is not None)
    found = window.mpr.panes
    assert found is not None
    qtbot.waitExposed(found)
    return found


def show(window: MainWindow, series: Series, qtbot: QtBot) -> None:
    """Open a series, and wait for its first slice and result."""
    window.session.add([series], [])
    qtbot.waitUntil(lambda: window.analysis.shown_result is not None, timeout=20_000)


def slice_of(phantom: Phantom, index: int) -> Slice:
    """A phantom as it would be read from a DICOM file, another one each time: nothing is kept of it."""
    spacing = (phantom.spacing_mm, phantom.spacing_mm)
    geometry = Geometry((0.0, 0.0, -5.0 * index), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), spacing, 5.0)
    return Slice(
        phantom.values,
        Units.HU,
        Source(Path(f"chest-{index}.dcm"), FileKind.DICOM, identity=str(uuid4())),
        geometry,
        spacing,
        windows=(VoiWindow(50.0, 350.0),),
        modality="CT",
        labels={"PatientName": "Doe^Jane", "BodyPartExamined": "CHEST"},
    )


def series_of(slices: tuple[Slice, ...], title: str, read: Callable[[int], Slice] | None = None) -> Series:
    """A series whose pixels are already in memory."""
    headers = tuple(SliceHeader(one.source, one.rows, one.columns, one.geometry, one.spacing_mm) for one in slices)
    return Series(title, headers, read or slices.__getitem__)
