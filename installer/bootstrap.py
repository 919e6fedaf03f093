"""From a checkout to a window or a tested program: `python installer/bootstrap.py run | test | launch | prepare`.

Makes `.venv` beside pyproject.toml, installs what `requirements/*.lock` names (hash-checked, and again only when the
lock has changed), finds missing Qt system libraries, then starts the window or the tests. Any Python 3 can read this
file, so that one that is too old finds a newer one or says so; the rest of the package is written for 3.12.
"""

import glob
import os
import re
import shutil
import subprocess
import sys
import sysconfig

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WINDOW = ((3, 13), (3, 12), (3, 14))
"""Pythons that requirements/run.lock covers, the preferred one first."""
TESTS = ((3, 13), (3, 12))
"""Those that requirements/test.lock covers: there is no TensorFlow for 3.14 yet."""
USAGE = """usage: python installer/bootstrap.py run [FILE OR FOLDER...]     open the window
       python installer/bootstrap.py test [PYTEST OPTIONS...]   run the tests
       python installer/bootstrap.py launch [FILE OR FOLDER...]  run as by a double click: installation in a window
       python installer/bootstrap.py prepare                    install what the window needs, and open nothing"""
COMMANDS = {"run": WINDOW, "test": TESTS, "launch": WINDOW, "prepare": WINDOW}
PROBE = """
import sys, sysconfig
wheels = sys.maxsize > 2**32 and not sysconfig.get_config_var("Py_GIL_DISABLED")
print("%d.%d" % sys.version_info[:2] if wheels else "without wheels")
"""
FOLDERS = {
    "linux": (
        "/usr/local/bin/python{v}",
        "/usr/bin/python{v}",
        "~/.local/bin/python{v}",
        "/opt/python{v}/bin/python{v}",
    ),
    "darwin": (
        "/Library/Frameworks/Python.framework/Versions/{v}/bin/python{v}",
        "/opt/homebrew/bin/python{v}",
        "/usr/local/bin/python{v}",
        "/opt/local/bin/python{v}",
        "~/.local/bin/python{v}",
    ),
    "win32": ("{LOCALAPPDATA}/Programs/Python/Python{d}/python.exe", "{ProgramFiles}/Python{d}/python.exe"),
}
"""Where installers put a Python without naming it on the path, by system; {v} is 3.13 and {d} is 313."""
SEVERAL = {
    "linux": ("{PYENV_ROOT}/versions/{v}.*/bin/python", "~/.local/share/uv/python/cpython-{v}*/bin/python{v}"),
    "darwin": ("{PYENV_ROOT}/versions/{v}.*/bin/python", "~/.local/share/uv/python/cpython-{v}*/bin/python{v}"),
    "win32": ("~/.pyenv/pyenv-win/versions/{v}.*/python.exe", "{APPDATA}/uv/python/cpython-{v}*/python.exe"),
}
"""Where version managers (pyenv, uv) keep Pythons, each in a folder named for its whole version."""
ADVICE = {
    "linux": "as your system's package python3.13 (on Debian and Ubuntu with python3.13-venv), or from python.org",
    "darwin": "by “brew install python@3.13”, or from python.org",
    "win32": "by “winget install Python.Python.3.13”, or from python.org",
}


def main(arguments: "list[str]") -> int:
    """Run one command; its exit code, 1 for a failure told in a sentence, or 2 for wrong usage."""
    if not arguments or arguments[0] not in COMMANDS:
        asked_for_help = bool(arguments) and arguments[0] in ("-h", "--help")
        print(USAGE, file=sys.stdout if asked_for_help else sys.stderr)
        return 0 if asked_for_help else 2
    wanted = COMMANDS[arguments[0]]
    if not suitable(wanted):
        other = other_python(wanted)
        if other is None:
            print(what_to_install(wanted), file=sys.stderr)
            return 1
        return subprocess.call([*other, os.path.abspath(__file__), *arguments])
    sys.path[0] = ROOT
    from installer import commands
    from installer.failure import Failure

    try:
        return int(getattr(commands, arguments[0])(arguments[1:]))
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. Run the same command to continue.", file=sys.stderr)
        return 130


def suitable(wanted: "tuple[tuple[int, int], ...]") -> bool:
    """Whether this Python is one of those (major, minor), and one that there are packages for."""
    packaged = sys.maxsize > 2**32 and not sysconfig.get_config_var("Py_GIL_DISABLED")
    return tuple(sys.version_info[:2]) in wanted and packaged


def what_to_install(wanted: "tuple[tuple[int, int], ...]") -> str:
    """The sentence for somebody without a suitable Python."""
    names = ["%d.%d" % version for version in sorted(wanted)]
    here = "%d.%d (%s)" % (sys.version_info[0], sys.version_info[1], sys.executable)
    return "CovidViewer needs a 64-bit Python %s or %s, and there is only %s: install Python 3.13 %s." % (
        ", ".join(names[:-1]),
        names[-1],
        here,
        ADVICE.get(sys.platform, ADVICE["linux"]),
    )


def other_python(wanted: "tuple[tuple[int, int], ...]") -> "list[str] | None":
    """Command of the most preferred suitable Python elsewhere on this computer, or None."""
    for version in wanted:
        name = "%d.%d" % version
        for command in commands_of(name):
            if answers(command, name):
                return command
    return None


def commands_of(name: str) -> "list[list[str]]":
    """What may start the Python called `name` (3.13): from the path, by version managers newest first, usual places."""
    found = []
    if sys.platform == "win32" and shutil.which("py"):
        found.append(["py", "-" + name])
    on_path = shutil.which("python" + name)
    if on_path:
        found.append([on_path])
    for pattern in SEVERAL.get(sys.platform, SEVERAL["linux"]):
        found += [[path] for path in sorted(glob.glob(place(pattern, name)), key=numbers, reverse=True)]
    for pattern in FOLDERS.get(sys.platform, FOLDERS["linux"]):
        path = place(pattern, name)
        if os.path.exists(path):
            found.append([path])
    return found


def place(pattern: str, name: str) -> str:
    """A path for the Python called `name`, its folders filled in from the environment."""
    variables = {"PYENV_ROOT": os.path.join("~", ".pyenv"), "LOCALAPPDATA": "", "ProgramFiles": "", "APPDATA": ""}
    filled = {key: os.environ.get(key) or fallback for key, fallback in variables.items()}
    return os.path.expanduser(pattern.format(v=name, d=name.replace(".", ""), **filled))


def numbers(path: str) -> "list[int]":
    """By which 3.13.10 comes after 3.13.9."""
    return [int(part) for part in re.findall(r"\d+", path)]


def answers(command: "list[str]", version: str) -> bool:
    """Whether `command` starts a Python of `version` that there are packages for: 64-bit, with its global lock.

    A launcher can be there without what it launches.
    """
    try:
        said = subprocess.check_output([*command, "-c", PROBE], stderr=subprocess.DEVNULL, universal_newlines=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return said.strip() == version


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
