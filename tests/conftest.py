"""For all tests: no network, no display, no traces, the data folder, no silent skip in CI, and the long forms.

The tests run side by side in processes of their own (pytest-xdist), a file in one of them: what is set up here for a
session is set up in each process.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # started in the background: the programs under test must still
    signal.signal(signal.SIGINT, signal.default_int_handler)  # be stoppable by Ctrl-C

DATA_VARIABLE = "COVIDVIEWER_DATA"
LOOPBACK = ("127.", "::1", "localhost")
USER_FOLDERS = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
EXPECTED_SKIP = "only on "
"""A skip may stand in CI when its reason begins so: "only on Windows"."""
SLOW_S = 5.0
"""A test that takes longer than this is marked slow."""
GRACE_S = 30.0
"""A test that hangs in C sees no signal of its timeout; so much later its process ends, and another goes on."""
STDERR = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The long forms are asked for."""
    parser.addoption("--slow", action="store_true", help="run the long form of tests marked slow")


def pytest_configure(config: pytest.Config) -> None:
    """Keep the true standard error, for a process that has to be ended."""
    config.stash[STDERR] = os.dup(sys.__stderr__.fileno() if sys.__stderr__ else 2)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let it go."""
    os.close(config.stash[STDERR])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that use the `data` fixture carry the marker of the same name, so that `-m "not data"` leaves them out."""
    for item in items:
        if "data" in getattr(item, "fixturenames", ()):
            item.add_marker("data")
    items.sort(key=longest_first({item.path for item in items if item.get_closest_marker("slow")}))


def longest_first(slow: set[Path]) -> Callable[[pytest.Item], bool]:
    """A key that puts files with slow tests first: when processes share the work, none is left with them at the end."""
    return lambda item: item.path not in slow


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Processes share the files in our way, which leaves out a test that ended its process."""
    from tests.side_by_side import FilesSideBySide

    return FilesSideBySide(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    """End a process in which a test hangs where its timeout does not reach it."""
    marker = item.get_closest_marker("timeout")
    seconds = float(marker.args[0] if marker and marker.args else item.config.getini("timeout") or 0)
    if seconds:
        faulthandler.dump_traceback_later(seconds + GRACE_S, exit=True, file=item.config.stash[STDERR])
    try:
        return (yield)
    finally:
        faulthandler.cancel_dump_traceback_later()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Name the tests that are slow without being marked so."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    unmarked = [report for report in reports if report.duration > SLOW_S and "slow" not in report.keywords]
    if unmarked:
        terminalreporter.section(f"over {SLOW_S:.0f} s and not marked slow")
        for report in sorted(unmarked, key=lambda report: -report.duration):
            terminalreporter.line(f"{report.duration:6.1f} s {report.when:8} {report.nodeid}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    """In CI a skip that nobody expected is a failure: a test that never runs guards nothing."""
    report = yield
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") and not is_expected_skip(reason):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {reason}"
    return report


def is_expected_skip(reason: str) -> bool:
    """Whether CI may skip a test for `reason`, which pytest may begin with "Skipped: "."""
    own = reason.removeprefix("Skipped: ")
    return own.startswith(EXPECTED_SKIP) or (DATA_VARIABLE in own and not os.environ.get(DATA_VARIABLE))


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real pictures, named by COVIDVIEWER_DATA."""
    folder = os.environ.get(DATA_VARIABLE)
    if not folder:
        pytest.skip(f"{DATA_VARIABLE} is not set")
    return Path(folder)


@pytest.fixture(scope="session", autouse=True)
def _own_user_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Settings, caches and logs of the tests lie in a folder of their own, so that they meet none of the user's."""
    with pytest.MonkeyPatch.context() as patch:
        for name in USER_FOLDERS:
            folder = tmp_path_factory.mktemp(name.lower())
            folder.chmod(0o700)
            patch.setenv(name, str(folder))
        yield


@pytest.fixture
def long_form(request: pytest.FixtureRequest) -> bool:
    """Whether a slow test is to run in its long form: `pytest -m slow --slow`."""
    return bool(request.config.getoption("--slow"))


@pytest.fixture(autouse=True)
def _no_log_is_left() -> Iterator[None]:
    """The program's log is a handler of the whole process: no test leaves it to the next."""
    root = logging.getLogger()
    before = list(root.handlers)
    yield
    for handler in [one for one in root.handlers if one not in before]:
        root.removeHandler(handler)
        handler.close()


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that talks to another machine fails, with the address."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"a test tried to connect to {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
