"""The command line's log is a handler of the whole process: no test leaves it to the next."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from covidviewer.services.user_files.log import Logbook


@pytest.fixture(autouse=True)
def _no_log_is_left() -> Iterator[None]:
    yield
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one, Logbook)]:
        root.removeHandler(handler)
        handler.close()
