"""Threads that import at the same time: none may meet another inside a package whose parts import one another."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import covidviewer

SOURCES = Path(covidviewer.__file__).parent

TWO_THREADS = """
import sys
from threading import Event, Thread, current_thread
from time import sleep

inside, first, part, second = sys.argv[1:]
there, met = Event(), Event()
failed = []

# The first thread waits where it begins to import `inside` until the second is about to import `part`; the second goes
# on until it has to wait for the first. Where nothing lets them meet, it waits at the door, and the first goes on.
def meet(event, arguments):
    if event != "import":
        return
    if arguments[0] == inside and current_thread() is threads[0]:
        there.set()
        met.wait(2)
        sleep(0.3)
    elif arguments[0] == part and current_thread() is threads[1]:
        met.set()

def import_first():
    attempt(first)
    there.set()

def import_second():
    there.wait()
    attempt(second)
    met.set()

def attempt(statements):
    try:
        exec(statements)
    except BaseException as error:
        failed.append(f"{statements}: {error!r}")

threads = [Thread(target=import_first), Thread(target=import_second)]
sys.addaudithook(meet)
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert inside in sys.modules, "the first thread never came there"
sys.exit("\\n".join(failed) or 0)
"""

READER = "import covidviewer.imaging.dicom.reader"
READABLE = "from covidviewer.services.dicom.receive import is_taken; is_taken('1.2.840.10008.1.2.1')"


@pytest.mark.parametrize(
    ("inside", "first", "part", "second"),
    [
        ("numpy.lib", "import covidviewer.inference.loading", "numpy._typing._array_like", READER),
        ("pydicom.config", READER, "pydicom._uid_dict", READABLE),
        ("pydicom.dataelem", READER, "pydicom._uid_dict", READABLE),
    ],
    ids=["the reader behind the analyser", "the receiver", "the receiver, later"],
)
def test_what_two_threads_import_at_the_same_time_both_get(inside: str, first: str, part: str, second: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TWO_THREADS, inside, first, part, second],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_numpy_is_imported_before_its_parts() -> None:
    assert [str(path) for path in sorted(SOURCES.rglob("*.py")) if begins_with_a_part_of_numpy(path)] == []


def begins_with_a_part_of_numpy(path: Path) -> bool:
    """Of what is run when the module is imported: a type checker's imports are not."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import) and any(name.name == "numpy" for name in node.names):
            return False
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("numpy."):
            return True
    return False
