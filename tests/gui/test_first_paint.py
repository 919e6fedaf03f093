"""The first paint, in a process of its own: nothing heavy is imported before it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

HEAVY = {"numpy", "pydicom", "PIL", "cv2", "scipy", "tensorflow", "keras", "pandas", "matplotlib", "torch"}


def test_the_first_paint_comes_before_everything_heavy() -> None:
    program = "from covidviewer.ui.application import run; raise SystemExit(run([], exit_after_first_paint=True))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    said = json.loads(done.stdout)
    assert set(said) == {"first_paint_ms", "rss_mb", "modules"}
    assert said["first_paint_ms"] > 0
    assert "PySide6" in said["modules"]
    assert not HEAVY & set(said["modules"])


def test_a_start_without_files_imports_what_reads_dicom_behind_the_first_paint() -> None:
    program = """
import os, sys, threading
from PySide6.QtCore import QTimer
from covidviewer.ui import application

def wait_for_reader():
    for thread in threading.enumerate():
        if thread.name == "readers":
            thread.join()
    os._exit(0 if "covidviewer.imaging.dicom.reader" in sys.modules else 7)

begin = application.MainWindow.begin

def begun(window, paths=()):
    begin(window, paths)
    QTimer.singleShot(0, wait_for_reader)

application.MainWindow.begin = begun
application.run([])
"""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-c", program], env=environment, timeout=60, check=True)
