"""For all tests: no network, no display, no traces in the user's folders, the data folder, and no silent skip in CI."""

from __future__ import annotations

import logging
import os
import signal
import socket
from collections.abc import Generator, Iterator
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that use the `data` fixture carry the marker of the same name, so that `-m "not data"` leaves them out."""
    for item in items:
        if "data" in getattr(item, "fixturenames", ()):
            item.add_marker("data")


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
