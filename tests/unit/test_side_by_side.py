"""Tests in several processes: one that hangs or ends its process fails, and every other one is run once."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from installer.commands import SIDE_BY_SIDE

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = "[pytest]\nmarkers =\n    slow: over five seconds\n    data: needs real pictures\n"
BAD = """
import os, threading
import pytest

@pytest.mark.timeout(1)
def test_hangs():
    threading.Event().wait(100)

def test_ends_its_process():
    os._exit(3)

def test_of_the_same_file():
    print("run")
"""
GOOD = """
import pytest

@pytest.mark.slow
def test_of_another_file():
    print("run")
"""


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_a_test_that_hangs_or_ends_its_process_fails_alone(tmp_path: Path) -> None:
    for name, text in (("pytest.ini", SETTINGS), ("test_bad.py", BAD), ("test_good.py", GOOD)):
        (tmp_path / name).write_text(text)
    command = [sys.executable, "-m", "pytest", *SIDE_BY_SIDE, "-n", "2", "-rA", "-p", "tests.conftest"]
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider", "-c", str(tmp_path / "pytest.ini"), str(tmp_path)],
        cwd=ROOT, check=False, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert sorted(re.findall(r"^([A-Z]+) \S*::(\w+)", done.stdout, re.MULTILINE)) == [
        ("FAILED", "test_ends_its_process"),
        ("FAILED", "test_hangs"),
        ("PASSED", "test_of_another_file"),
        ("PASSED", "test_of_the_same_file"),
    ], done.stdout
