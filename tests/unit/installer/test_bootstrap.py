"""From a checkout to an environment: what is made, mended and left alone, and the one sentence of each failure."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

from installer import bootstrap, commands, environment, pip, qt_libraries, relock
from installer.environment import RECORD, Environment, ready_environment
from installer.failure import Failure

ROOT = Path(__file__).resolve().parents[3]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LDD = """\
	linux-vdso.so.1 (0x00007ffd2a5f2000)
	libxcb-cursor.so.0 => not found
	libGL.so.1 => /lib/x86_64-linux-gnu/libGL.so.1 (0x00007f4c3c000000)
	libEGL.so.1 => not found
	libxcb-cursor.so.0 => not found
"""

Installs = list[tuple[str, ...]]
Calls = list[list[object]]


def recording(calls: Calls, code: int) -> Callable[[list[object]], int]:
    """`subprocess.call` that keeps the command and answers `code`."""

    def call(command: list[object]) -> int:
        calls.append(command)
        return code

    return call


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A project folder with everything that the installation reads, and a space in its path."""
    root = tmp_path / "my checkout"
    (root / "requirements").mkdir(parents=True)
    (root / "covidviewer").mkdir()
    (root / "requirements" / "run.lock").write_text("a==1\n")
    (root / "requirements" / "test.lock").write_text("a==1\nb==1\n")
    (root / "pyproject.toml").write_text("[project]\n")
    (root / "covidviewer" / "__init__.py").write_text('__version__ = "1"\n')
    return root


def made_with(folder: Path, version: str) -> None:
    """What `venv` writes down of the Python that made an environment."""
    (folder / "pyvenv.cfg").write_text(f"home = /usr/bin\nversion = {version}\nexecutable = /usr/bin/python3\n")


class InterpreterOnly:
    """In place of `venv.EnvBuilder`, which takes its time: an environment that has its interpreter's file."""

    def __init__(self, symlinks: bool, with_pip: bool) -> None:
        assert with_pip

    def create(self, folder: Path) -> None:
        """Make it."""
        python = Environment(folder).python
        python.parent.mkdir(parents=True)
        python.touch()
        made_with(folder, "{}.{}.{}".format(*sys.version_info[:3]))


@pytest.fixture
def installs(monkeypatch: pytest.MonkeyPatch) -> Installs:
    """What pip was asked to install, in place of pip."""
    asked: Installs = []
    monkeypatch.setattr(environment, "pip_install", lambda *call: asked.append(call[2:]))
    monkeypatch.setattr(environment, "SPACE_MB", {"run.lock": 0, "test.lock": 0})

    monkeypatch.setattr("venv.EnvBuilder", InterpreterOnly)
    return asked


def locks_in(asked: Installs) -> list[str]:
    """Names of the lock files among what pip was asked for."""
    return [Path(options[-1]).name for options in asked if options[-1].endswith(".lock")]


def test_a_first_start_makes_an_environment_and_installs_the_lock_with_hashes(
    checkout: Path, installs: Installs
) -> None:
    made = ready_environment(checkout, "run.lock")
    assert made.python.exists()
    assert locks_in(installs) == ["run.lock"]
    assert {"--require-hashes", "--no-deps"} <= set(installs[0])
    assert installs[1][-2:] == ("--editable", str(checkout))


def test_a_second_start_installs_nothing(checkout: Path, installs: Installs) -> None:
    ready_environment(checkout, "run.lock")
    installs.clear()
    ready_environment(checkout, "run.lock")
    assert installs == []


def test_ready_is_said_of_what_needs_no_installation_and_of_nothing_else(checkout: Path, installs: Installs) -> None:
    assert not environment.is_ready(checkout, "run.lock")
    ready_environment(checkout, "run.lock")
    assert environment.is_ready(checkout, "run.lock")
    assert not environment.is_ready(checkout, "test.lock")
    (checkout / "covidviewer" / "__init__.py").write_text('__version__ = "2"\n')
    assert not environment.is_ready(checkout, "run.lock")


def test_a_changed_lock_is_installed_again(checkout: Path, installs: Installs) -> None:
    ready_environment(checkout, "run.lock")
    installs.clear()
    (checkout / "requirements" / "run.lock").write_text("a==2\n")
    ready_environment(checkout, "run.lock")
    assert locks_in(installs) == ["run.lock"]


def test_a_new_version_of_the_project_is_installed_without_its_packages(checkout: Path, installs: Installs) -> None:
    ready_environment(checkout, "run.lock")
    installs.clear()
    (checkout / "covidviewer" / "__init__.py").write_text('__version__ = "2"\n')
    ready_environment(checkout, "run.lock")
    assert [options[-1] for options in installs] == [str(checkout)]


def test_after_the_tests_the_window_needs_no_installation(checkout: Path, installs: Installs) -> None:
    ready_environment(checkout, "test.lock")
    installs.clear()
    ready_environment(checkout, "run.lock")
    ready_environment(checkout, "test.lock")
    assert installs == []


def test_the_tests_need_more_than_the_window(checkout: Path, installs: Installs) -> None:
    ready_environment(checkout, "run.lock")
    installs.clear()
    ready_environment(checkout, "test.lock")
    assert locks_in(installs) == ["test.lock"]


def test_an_interrupted_installation_is_begun_anew(
    checkout: Path, installs: Installs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(python: Path, log: Path, *options: str) -> None:
        (log.parent / "half-written").touch()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(environment, "pip_install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            ready_environment(checkout, "run.lock")
    made = ready_environment(checkout, "run.lock")
    assert locks_in(installs) == ["run.lock"]
    assert not (made.folder / "half-written").exists()


def test_an_environment_whose_python_is_gone_is_made_anew(checkout: Path, installs: Installs) -> None:
    made = ready_environment(checkout, "run.lock")
    made.python.unlink()
    ready_environment(checkout, "run.lock")
    assert made.python.exists()
    assert locks_in(installs) == ["run.lock", "run.lock"]


def test_an_environment_of_a_python_that_is_not_covered_any_more_is_made_anew(
    checkout: Path, installs: Installs
) -> None:
    made = ready_environment(checkout, "run.lock")
    (made.folder / "old").touch()
    made_with(made.folder, "3.11.7")
    assert not environment.is_ready(checkout, "run.lock")
    ready_environment(checkout, "run.lock")
    assert not (made.folder / "old").exists()
    assert locks_in(installs) == ["run.lock", "run.lock"]


def test_the_tests_replace_an_environment_that_only_the_window_can_use(checkout: Path, installs: Installs) -> None:
    made = ready_environment(checkout, "run.lock")
    made_with(made.folder, "3.14.0")
    assert environment.is_ready(checkout, "run.lock")
    ready_environment(checkout, "test.lock")
    assert made.version() == sys.version_info[:2]
    assert locks_in(installs) == ["run.lock", "test.lock"]


@pytest.mark.parametrize("settings", [None, "", "home = /usr/bin\n", "version = three\n"])
def test_an_environment_that_does_not_say_its_python_has_none(tmp_path: Path, settings: str | None) -> None:
    if settings is not None:
        (tmp_path / "pyvenv.cfg").write_text(settings)
    assert Environment(tmp_path).version() == ()


def test_a_damaged_record_counts_as_interrupted(checkout: Path, installs: Installs) -> None:
    made = ready_environment(checkout, "run.lock")
    (made.folder / RECORD).write_text('{"state": "re')
    ready_environment(checkout, "run.lock")
    assert json.loads((made.folder / RECORD).read_text())["state"] == "ready"


def test_an_environment_of_somebody_else_is_left_alone(checkout: Path, installs: Installs) -> None:
    theirs = checkout / ".venv" / "pyvenv.cfg"
    theirs.parent.mkdir()
    theirs.write_text("home = elsewhere\n")
    with pytest.raises(Failure, match="was not made by this program"):
        ready_environment(checkout, "run.lock")
    assert theirs.read_text() == "home = elsewhere\n"


def test_a_full_disk_is_told_before_anything_is_written(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "SPACE_MB", {"run.lock": 10**12})
    with pytest.raises(Failure, match=r"has \d+ MB free, and the installation needs about"):
        ready_environment(checkout, "run.lock")
    assert not (checkout / ".venv").exists()


def test_a_missing_lock_file_says_that_the_download_is_incomplete(checkout: Path) -> None:
    (checkout / "requirements" / "run.lock").unlink()
    with pytest.raises(Failure, match="download the program again"):
        ready_environment(checkout, "run.lock")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "does not match the hash"),
        (
            "Retrying after NewConnectionError(...)\nERROR: No matching distribution found for numpy==2.4.6",
            "cannot be reached",
        ),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", "set PIP_CERT"),
        ("ProxyError('Cannot connect to proxy.', OSError('407 Proxy Authentication Required'))", "proxy"),
        (
            "ERROR: No matching distribution found for pyside6-essentials==6.12.0",
            "pyside6-essentials==6.12.0 is not available for this",
        ),
        ("ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied", "cannot be written"),
        ("ERROR: something new\nhint: look elsewhere", "pip said: ERROR: something new"),
    ],
)
def test_what_pip_says_becomes_one_sentence_and_the_log(said: str, expected: str) -> None:
    sentence = pip.sentence(said, Path("bootstrap.log"))
    assert expected in sentence
    assert sentence.endswith("bootstrap.log")
    assert "\n" not in sentence


def test_a_failing_pip_is_told_with_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    broken = Environment(tmp_path)
    broken.python.parent.mkdir(exist_ok=True)
    broken.python.symlink_to(sys.executable)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(Failure, match="no-such-package is not available for this system"):
        pip.pip_install(broken.python, broken.log, "no-such-package")
    assert "no-such-package" in (tmp_path / pip.LOG).read_text()


def test_missing_libraries_are_read_from_what_ldd_says() -> None:
    assert qt_libraries.not_found(LDD) == ("libEGL.so.1", "libxcb-cursor.so.0")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only on Linux: its loader is asked")
def test_every_library_that_qt_asks_of_the_system_here_is_found_after_the_bootstrap() -> None:
    import PySide6

    qt = Path(PySide6.__file__).parent / "Qt"
    assert qt_libraries.missing_libraries(qt, ("libqoffscreen.so",)) == ()


def having(*tools: str) -> Callable[[str], str | None]:
    """`shutil.which` on a computer that has only `tools`."""
    return lambda name: f"/usr/bin/{name}" if name in tools else None


@pytest.mark.parametrize(
    ("tools", "expected"),
    [
        (("apt-get",), r"sudo apt-get install -y --no-install-recommends libegl1 libxcb-cursor0$"),
        (("dnf",), r"sudo dnf install 'libEGL.so.1\(\)\(64bit\)' 'libxcb-cursor.so.0\(\)\(64bit\)'$"),
        (("zypper",), r"sudo zypper install 'libEGL"),
        ((), r"the packages that hold libEGL.so.1 libxcb-cursor.so.0\.$"),
    ],
)
def test_who_may_not_install_libraries_gets_the_line_to_type(
    tools: tuple[str, ...], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", having(*tools))
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(Failure, match=expected):
        qt_libraries.supply(("libEGL.so.1", "libxcb-cursor.so.0"))


def test_root_on_debian_installs_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[list[str]] = []

    def succeeding(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        called.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(shutil, "which", having("apt-get"))
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(subprocess, "run", succeeding)
    qt_libraries.supply(("libEGL.so.1",))
    assert called[0] == ["apt-get", "-qq", "update"]
    assert called[1][-1] == "libegl1"


@pytest.mark.parametrize(
    ("variables", "platform", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_a_window_needs_a_display_on_linux_only(variables: dict[str, str], platform: str, expected: bool) -> None:
    assert commands.has_display(variables, platform) is expected


def test_files_are_handed_to_the_window_as_they_were_typed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started: Calls = []
    monkeypatch.setattr(commands, "has_display", lambda *_: True)
    monkeypatch.setattr(commands, "ready_environment", lambda *_: Environment(tmp_path))
    monkeypatch.setattr(commands, "ensure_libraries", lambda *_: None)
    monkeypatch.setattr(subprocess, "call", recording(started, 0))
    assert commands.run(["--exit-after-first-paint", "a b.dcm", "été"]) == 0
    assert started == [
        [Environment(tmp_path).python, "-m", "covidviewer", "--exit-after-first-paint", "a b.dcm", "été"]
    ]


@pytest.mark.parametrize("arguments", [[], ["walk"]])
def test_anything_but_run_and_test_is_answered_with_the_usage(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert bootstrap.main(arguments) == 2
    assert "bootstrap.py run" in capsys.readouterr().err


def test_a_failure_is_one_sentence_and_exit_code_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(_: list[str]) -> int:
        raise Failure("There is no display.")

    monkeypatch.setattr(commands, "run", failing)
    monkeypatch.setattr(sys, "path", [*sys.path])
    assert bootstrap.main(["run"]) == 1
    assert capsys.readouterr().err == "There is no display.\n"


def test_a_python_that_is_too_old_looks_for_a_newer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    called: Calls = []
    monkeypatch.setattr(bootstrap, "suitable", lambda _: False)
    monkeypatch.setattr(bootstrap, "other_python", lambda _: ["python3.12"])
    monkeypatch.setattr(subprocess, "call", recording(called, 7))
    assert bootstrap.main(["run", "a.png"]) == 7
    assert called == [["python3.12", str(ROOT / "installer" / "bootstrap.py"), "run", "a.png"]]


@pytest.mark.parametrize(
    ("command", "pythons"), [("run", "3.12, 3.13 or 3.14"), ("launch", "3.12, 3.13 or 3.14"), ("test", "3.12 or 3.13")]
)
@pytest.mark.parametrize(
    ("platform", "advice"), [("linux", "python3.13-venv"), ("darwin", "brew install"), ("win32", "winget install")]
)
def test_without_any_suitable_python_one_sentence_says_what_to_install(
    command: str,
    pythons: str,
    platform: str,
    advice: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(bootstrap, "suitable", lambda _: False)
    monkeypatch.setattr(bootstrap, "other_python", lambda _: None)
    monkeypatch.setattr(sys, "platform", platform)
    assert bootstrap.main([command]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"CovidViewer needs a 64-bit Python {pythons}, and there is only ")
    assert advice in said
    assert said.count("\n") == 1


def test_the_suitable_pythons_are_those_of_the_project() -> None:
    allowed = SpecifierSet(PROJECT["requires-python"])
    assert [minor for minor in range(30) if f"3.{minor}" in allowed] == sorted(minor for _, minor in bootstrap.WINDOW)
    named = {line.rpartition(" ")[2] for line in PROJECT["classifiers"] if "Python :: 3." in line}
    assert named == {f"3.{minor}" for _, minor in bootstrap.WINDOW}
    assert set(bootstrap.TESTS) < set(bootstrap.WINDOW)
    assert environment.COVERED == {"run.lock": bootstrap.WINDOW, "test.lock": bootstrap.TESTS}


def test_every_lock_is_checked_for_the_pythons_that_install_it() -> None:
    checked = {lock.name: pythons for lock, pythons in relock.PYTHONS.items()}
    assert checked == {
        lock: tuple(f"3.{minor}" for _, minor in sorted(pythons)) for lock, pythons in environment.COVERED.items()
    }


def test_a_launcher_without_its_python_is_not_taken_for_one(tmp_path: Path) -> None:
    assert not bootstrap.answers([str(tmp_path / "python3.13")], "3.13")
    assert bootstrap.answers([sys.executable], "{}.{}".format(*sys.version_info[:2]))
    assert not bootstrap.answers([sys.executable], "3.99")


def python_saying(place: Path, answer: str) -> Path:
    """A file that is started as a Python and answers the probe."""
    place.parent.mkdir(parents=True)
    place.write_text(f"#!/bin/sh\n{answer}\n")
    place.chmod(0o755)
    return place


@pytest.fixture
def bare_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's folder, nothing on the path, and none of the system's own places."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path / "shims"))
    monkeypatch.delenv("PYENV_ROOT", raising=False)
    monkeypatch.setattr(bootstrap, "FOLDERS", {sys.platform: ("~/.local/bin/python{v}",)})
    return tmp_path


@pytest.mark.skipif(os.name != "posix", reason="only on Linux and macOS: the stand-ins are shell scripts")
@pytest.mark.parametrize(
    "place",
    [
        "shims/python3.12",
        ".pyenv/versions/3.12.1/bin/python",
        ".local/share/uv/python/cpython-3.12.1-linux-x86_64-gnu/bin/python3.12",
        ".local/bin/python3.12",
    ],
)
def test_a_newer_python_is_found_on_the_path_and_where_version_managers_and_systems_put_it(
    bare_home: Path, place: str
) -> None:
    assert bootstrap.other_python(bootstrap.TESTS) is None
    there = python_saying(bare_home / place, "echo 3.12")
    assert bootstrap.other_python(bootstrap.TESTS) == [str(there)]


@pytest.mark.skipif(os.name != "posix", reason="only on Linux and macOS: the stand-ins are shell scripts")
def test_of_several_pythons_the_preferred_and_then_the_newest_that_starts_is_taken(bare_home: Path) -> None:
    python_saying(bare_home / "shims" / "python3.13", "exit 127")  # pyenv's, of a version that is not switched on
    python_saying(bare_home / ".pyenv/versions/3.13.0t/bin/python", "echo without wheels")
    python_saying(bare_home / ".pyenv/versions/3.12.9/bin/python", "echo 3.12")
    newest = python_saying(bare_home / ".pyenv/versions/3.12.10/bin/python", "echo 3.12")
    assert bootstrap.other_python(bootstrap.TESTS) == [str(newest)]
    preferred = python_saying(bare_home / ".pyenv/versions/3.13.2/bin/python", "echo 3.13")
    assert bootstrap.other_python(bootstrap.TESTS) == [str(preferred)]


def test_on_windows_the_launcher_is_asked_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(shutil, "which", having("py", "python3.13"))
    assert bootstrap.commands_of("3.13")[:2] == [["py", "-3.13"], ["/usr/bin/python3.13"]]


def test_the_bootstrap_is_written_for_any_python_3() -> None:
    source = (ROOT / "installer" / "bootstrap.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 5))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr | ast.NamedExpr | ast.AnnAssign)]
