"""Renews the lock files from pyproject.toml: `python installer/relock.py [--upgrade]`. Needs `uv`.

`requirements/run.lock` is what the window needs, `requirements/test.lock` the same versions and what the tests need
beside them. Both hold every system and Python of `requires-python`, with hashes, and are installed by plain pip; the
second only with the Pythons that TensorFlow has wheels for. Without `--upgrade` versions stay as they are unless
pyproject.toml forbids them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "requirements"
RUN_LOCK = LOCKS / "run.lock"
TEST_LOCK = LOCKS / "test.lock"

COMPILE = (
    *("uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.12", "--fork-strategy", "fewest"),
    *("--generate-hashes", "--no-emit-index-url", "--no-annotate"),
    *("--custom-compile-command", "python installer/relock.py"),
    *("pyproject.toml", "requirements/build.in"),
)
SYSTEMS = ("x86_64-manylinux_2_35", "aarch64-manylinux_2_39", "aarch64-apple-darwin", "x86_64-pc-windows-msvc")
"""The oldest of each that Qt's own wheels run on: Ubuntu 22.04, Debian 12; Ubuntu 24.04; macOS 14; Windows 10."""
OLDEST_MACOS = "14.0"
PYTHONS = {RUN_LOCK: ("3.12", "3.13", "3.14"), TEST_LOCK: ("3.12", "3.13")}
"""That a lock must be installable with; what `installer/bootstrap.py` takes for the window, and for the tests."""


def main(arguments: list[str]) -> int:
    """Write both lock files; the exit code is uv's first failure, or 0."""
    parser = argparse.ArgumentParser(description="Renews requirements/*.lock from pyproject.toml.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that pyproject.toml allows")
    upgrade = ["--upgrade"] if parser.parse_args(arguments).upgrade else []
    return (
        compiled(*upgrade, "--extra", "training", "--extra", "dev", "--output-file", str(TEST_LOCK))
        or compiled("--constraint", str(TEST_LOCK), "--upgrade", "--output-file", str(RUN_LOCK))
        or uninstallable(RUN_LOCK)
        or uninstallable(TEST_LOCK)
    )


def compiled(*options: str) -> int:
    """Exit code of one `uv pip compile`."""
    return subprocess.run([*COMPILE, *options], cwd=ROOT, check=False).returncode


def uninstallable(lock: Path) -> int:
    """0 when every system and Python finds a ready-made wheel of every package in `lock`, else 1 and the reason."""
    failures = 0
    environment = {**os.environ, "MACOSX_DEPLOYMENT_TARGET": OLDEST_MACOS}
    for system in SYSTEMS:
        for python in PYTHONS[lock]:
            here = ("--python-platform", system, "--python-version", python)
            command = ["uv", "pip", "compile", "--quiet", "--no-build", *here, str(lock)]
            done = subprocess.run(command, cwd=ROOT, check=False, env=environment, capture_output=True, text=True)
            if done.returncode:
                print(f"{system}, Python {python}: {done.stderr.strip()}", file=sys.stderr)
                failures = 1
    return failures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
