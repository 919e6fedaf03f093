"""The virtual environment `.venv` beside pyproject.toml: made once, installed from a lock file, mended when half done.

Its state is one JSON file inside it. "installing" is written before anything else and "ready" after everything else,
so a start after a power cut, a full disk or Ctrl+C sees what happened and begins anew. A `.venv` without that file is
somebody else's and is left alone.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from installer.bootstrap import TESTS, WINDOW
from installer.debian import install_packages
from installer.failure import Failure
from installer.pip import LOG, pip_install

RECORD = "bootstrap.json"
FROM_LOCK = ("--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement")
PROJECT = ("--no-deps", "--no-build-isolation", "--no-index", "--editable")
COVERED = {"run.lock": WINDOW, "test.lock": TESTS}
"""Pythons, (major, minor), that each lock file has packages for."""
SPACE_MB = {"run.lock": 1500, "test.lock": 5500}
"""Free space asked for before an installation: what is unpacked and pip's copies of it, rounded up."""


@dataclass(frozen=True)
class Environment:
    """A virtual environment in `folder`."""

    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.script("python")

    def script(self, name: str) -> Path:
        """Path of a command installed in it."""
        return self.folder / "Scripts" / f"{name}.exe" if os.name == "nt" else self.folder / "bin" / name

    @property
    def log(self) -> Path:
        """All that pip said when it was installed."""
        return self.folder / LOG

    @property
    def packages(self) -> Path:
        """Its site-packages folder."""
        if os.name == "nt":
            return self.folder / "Lib" / "site-packages"
        return next(iter(self.folder.glob("lib/python3*/site-packages")), self.folder)

    def version(self) -> tuple[int, ...]:
        """(major, minor) of the Python it was made with; () when there is none, or nobody can say."""
        try:
            settings = (self.folder / "pyvenv.cfg").read_text(encoding="utf-8")
        except (OSError, ValueError):
            return ()
        said = re.search(r"^version(?:_info)? = (\d+)\.(\d+)", settings, re.MULTILINE)
        return tuple(map(int, said.groups())) if said else ()

    def locks(self, lock: str) -> dict[str, str]:
        """Digests of the lock files installed in it; {} when it must be made anew to hold `lock`."""
        record = self.record()
        whole = record.get("state") == "ready" and self.python.exists() and self.version() in COVERED[lock]
        locks = record.get("locks", {}) if whole else {}
        return locks if isinstance(locks, dict) else {}

    def record(self) -> dict[str, Any]:
        """What an earlier installation wrote down; {} when there is nothing, or nothing readable."""
        try:
            content = json.loads((self.folder / RECORD).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

    def write_record(self, record: dict[str, Any]) -> None:
        """Replace the record in one step."""
        temporary = self.folder / f"{RECORD}.new"
        temporary.write_text(json.dumps(record, indent=2), encoding="utf-8")
        temporary.replace(self.folder / RECORD)


def ready_environment(root: Path, lock: str) -> Environment:
    """`.venv` under `root` with everything that `requirements/<lock>` names, and the project itself, editable.

    Returns at once when nothing has changed since the last time. Raises `Failure`.
    """
    environment = Environment(root / ".venv")
    digests = {"lock": digest(root / "requirements" / lock), "project": project_digest(root)}
    record = environment.record()
    installed = environment.locks(lock)
    if installed.get(lock) == digests["lock"] and record.get("project") == digests["project"]:
        return environment
    try:
        if installed.get(lock) != digests["lock"]:
            ensure_space(root, lock)
            if not installed:
                make_anew(environment)
            environment.write_record({"state": "installing"})
            print(f"Installing requirements/{lock} into {environment.folder} (once, a few minutes).", flush=True)
            pip_install(environment.python, environment.log, *FROM_LOCK, str(root / "requirements" / lock))
            installed = {**installed_together(root, lock, installed), lock: digests["lock"]}
            environment.write_record({"state": "ready", "locks": installed})
        pip_install(environment.python, environment.log, *PROJECT, str(root))
        environment.write_record({"state": "ready", "locks": installed, "project": digests["project"]})
    except OSError as error:
        raise Failure(
            f"The environment in {environment.folder} cannot be written: {error.strerror or error}."
        ) from error
    return environment


def is_ready(root: Path, lock: str) -> bool:
    """Whether `ready_environment` would find nothing to do. Raises `Failure` when files of ours are missing."""
    environment = Environment(root / ".venv")
    wanted = {"lock": digest(root / "requirements" / lock), "project": project_digest(root)}
    return {"lock": environment.locks(lock).get(lock), "project": environment.record().get("project")} == wanted


def installed_together(root: Path, lock: str, installed: dict[str, str]) -> dict[str, str]:
    """Digests of the other locks that hold after installing `lock`: the test lock contains the run lock."""
    run_lock = {"run.lock": digest(root / "requirements" / "run.lock")}
    if lock == "test.lock":
        return run_lock
    return {name: value for name, value in installed.items() if name in run_lock}


def make_anew(environment: Environment) -> None:
    """An empty environment, in place of one that was left half done. Raises `Failure` for a folder that is not ours."""
    folder = environment.folder
    if folder.exists() and any(folder.iterdir()) and not (folder / RECORD).exists():
        raise Failure(f"{folder} was not made by this program; move it away and start again.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(exist_ok=True)
    environment.write_record({"state": "installing"})
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        install_packages([f"python{version}-venv"], why="this Python cannot create environments")
    try:
        venv.EnvBuilder(symlinks=os.name != "nt", with_pip=True).create(folder)
    except subprocess.CalledProcessError as error:
        raise Failure(
            f"This Python ({sys.executable}) cannot create a virtual environment; install its venv module."
        ) from error


def ensure_space(root: Path, lock: str) -> None:
    """Raise `Failure` when the disk has not the room that an installation takes."""
    free = shutil.disk_usage(root).free // 2**20
    needed = SPACE_MB[lock]
    if free < needed:
        raise Failure(f"The disk that holds {root} has {free} MB free, and the installation needs about {needed} MB.")


def digest(file: Path) -> str:
    """SHA-256 of a file of ours. Raises `Failure` when it is not there."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise Failure(f"{file} cannot be read ({error.strerror}); download the program again.") from error


def project_digest(root: Path) -> str:
    """Changes when the project's own installation must be renewed: its version, its commands, its folder."""
    parts = (digest(root / "pyproject.toml"), digest(root / "covidviewer" / "__init__.py"), str(root))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
