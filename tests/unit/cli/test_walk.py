"""The walk of a file through the program, from the command to the printed result, as docs/architecture.md names it."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from types import CodeType, FrameType

import pytest

from covidviewer.cli import main
from covidviewer.phantom.files import write_phantom_series
from tests.unit.services.fakes import use_fake_model

ROOT = Path(__file__).resolve().parents[3]
CODE = f"{ROOT / 'covidviewer'}/"
CARRIED = ("FoundFile", "SliceHeader", "Slice", "Frame", "Prepared", "Result", "FrameResult", "Namespace")
"""What becomes of a path on the way, and the options that it comes with."""
DOORS = ("imaging/dicom", "imaging/lungs")
"""Folders whose files may call one another: of these the ones that are entered from outside count."""

CALLS_BACK = "imaging/outside.py"
"""Calls nothing but the function that it is handed."""


class Walk:
    """Notes each call of a function of one file by another file that hands it the slice's path or what came of it.

    A value's own methods are no place that it goes to.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.entries: list[str] = []

    def begun(self, code: CodeType, _offset: int) -> object:
        """A function begins; see `sys.monitoring`."""
        place = place_of(code)
        if not place:
            return sys.monitoring.DISABLE
        if code.co_name == "<module>":
            return None
        frame = sys._getframe(1)
        names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        given = [frame.f_locals.get(name) for name in names]
        if names[:1] == ("self",) and type(given[0]).__name__ in CARRIED:
            return None
        caller = caller_of(frame)
        if place != caller and not behind_a_door(caller, place) and any(self.carries(value) for value in given):
            self.entries.append(place)
        return None

    def carries(self, value: object) -> bool:
        """Whether this is the path, or what became of it, or a list of such."""
        if isinstance(value, list | tuple):
            return any(self.carries(one) for one in value)
        return value in (self._path, str(self._path)) if isinstance(value, Path | str) else named(value)


def named(value: object) -> bool:
    """Whether this is one of the values that a path becomes."""
    return type(value).__name__ in CARRIED


def behind_a_door(caller: str, place: str) -> bool:
    """Whether a file of one of the `DOORS` calls another of the same folder."""
    return any(caller.startswith(f"{door}/") and place.startswith(f"{door}/") for door in DOORS)


def place_of(code: CodeType) -> str:
    """A file of the program below its folder; '' for any other."""
    return code.co_filename.removeprefix(CODE) if code.co_filename.startswith(CODE) else ""


def caller_of(frame: FrameType) -> str:
    """The file of the program that called, through whatever library, or through the door of `imaging.outside`."""
    above = frame.f_back
    while above is not None and place_of(above.f_code) in ("", CALLS_BACK):
        above = above.f_back
    return "" if above is None else place_of(above.f_code)


@pytest.fixture
def walk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Walk:
    """`classify slice.dcm` up to its line on stdout, with everything imported before."""
    use_fake_model(monkeypatch)
    (path,) = write_phantom_series(tmp_path, seed=2, slices=1, lesions=3, size=128)
    assert main.main(["classify", str(path)]) == 0
    walk = Walk(path)
    tool = sys.monitoring.PROFILER_ID
    sys.monitoring.use_tool_id(tool, "walk")
    monkeypatch.setattr("covidviewer.cli.tables.write_stdout", lambda _text: sys.monitoring.set_events(tool, 0))
    try:
        sys.monitoring.register_callback(tool, sys.monitoring.events.PY_START, walk.begun)
        sys.monitoring.set_events(tool, sys.monitoring.events.PY_START)
        assert main.main(["classify", str(path)]) == 0
    finally:
        sys.monitoring.set_events(tool, 0)
        sys.monitoring.free_tool_id(tool)
    return walk


def test_a_slice_walks_through_the_files_that_the_architecture_names(walk: Walk) -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    section = page.partition("## The walk of a slice")[2].partition("\n## ")[0]
    named_there = re.findall(r"`([a-z_.]+)`", section)
    assert len(named_there) <= 14
    assert [f"{name.replace('.', '/')}.py" for name in named_there] == list(dict.fromkeys(walk.entries))


def test_no_file_is_returned_to_more_than_once(walk: Walk) -> None:
    assert {place: times for place, times in Counter(walk.entries).items() if times > 2} == {}
