"""The console part of the smoke test of installers, run against the program of this checkout, so that it cannot rot."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from installer.failure import Failure
from installer.smoke import console
from installer.smoke.console import check_console
from installer.smoke.files import write_one_of_each
from installer.smoke.program import Program

PROGRAM = """#!{python}
import sys

sys.modules["pyarrow"] = None  # as installed programs are: without it

from covidviewer.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
"""

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only on Linux, as the smoke test itself")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The command line of the checkout, with a home folder of its own."""
    command = tmp_path / "covidviewer"
    command.write_text(PROGRAM.format(python=sys.executable))
    command.chmod(0o755)
    (tmp_path / "home" / "run").mkdir(parents=True, mode=0o700)
    return Program(str(command), Path("/"), tmp_path / "home")


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_program_passes_the_console_part_of_the_smoke_test(tmp_path: Path, program: Program) -> None:
    check_console(program, write_one_of_each(tmp_path / "each"), [])
    assert program.log() == ""


def test_a_command_that_ends_badly_fails_the_smoke_test(tmp_path: Path, program: Program) -> None:
    with pytest.raises(Failure, match=r"^batch ended with 2: "):
        console.done(program, ["batch", tmp_path / "nowhere", "--out", tmp_path / "scores.csv"])
