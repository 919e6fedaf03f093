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
from threading import Event, Thread

inside, first, second = sys.argv[1:]
there, left = Event(), Event()
failed = []

class Pause:
    # Holds the first thread where it begins to import `inside`, for as long as the second gets on without it.
    def find_spec(self, name, path=None, target=None):
        if name == inside and not there.is_set():
            there.set()
            left.wait(0.5)

def import_first():
    attempt(first)

def import_second():
    there.wait(30)
    attempt(second)
    left.set()

def attempt(statements):
    try:
        exec(statements)
    except BaseException as error:
        failed.append(f"{statements}: {error!r}")

sys.meta_path.insert(0, Pause())
threads = [Thread(target=import_first), Thread(target=import_second)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert there.is_set(), "the first thread never came there"
sys.exit("\\n".join(failed) or 0)
"""


@pytest.mark.parametrize("inside", ["numpy.lib", "numpy.linalg"])
def test_the_dicom_reader_may_be_imported_while_the_inference_thread_is_inside_numpy(inside: str) -> None:
    both_imported(inside, "import covidviewer.ui.workers.analyser", "import covidviewer.imaging.dicom")


@pytest.mark.parametrize("inside", ["pydicom.config", "pydicom.dataelem", "pydicom.uid", "pydicom.pixels.utils"])
@pytest.mark.parametrize(
    "second",
    [
        (
            "from covidviewer.imaging.phantom import phantom_slice as phantom\n"
            "from covidviewer.imaging.phantom_files import phantom_dataset\n"
            "phantom_dataset(phantom(seed=1, size=64), seed=1)"
        ),
        "from covidviewer.services.receiving import is_readable\nis_readable('1.2.840.10008.1.2.1')",
        "import covidviewer.imaging.dicom_tags",
    ],
    ids=["the sample", "the receiver", "the tags"],
)
def test_dicom_may_be_asked_for_while_the_reader_is_being_imported(inside: str, second: str) -> None:
    both_imported(inside, "import covidviewer.imaging.dicom", second)


def both_imported(inside: str, first: str, second: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TWO_THREADS, inside, first, second],
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
