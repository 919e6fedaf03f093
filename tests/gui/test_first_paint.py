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
