"""From a checkout to a window or a tested program: `python installer/bootstrap.py run | test | launch | prepare`.

Makes `.venv` beside pyproject.toml, installs what `requirements/*.lock` names (hash-checked, and again only when the
lock has changed), finds missing Qt system libraries, then starts the window or the tests. Any Python 3 can read this
file, so that one that is too old finds a newer one or says so; the rest of the package is written for 3.11.
"""

import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SUITABLE = ((3, 13), (3, 12), (3, 11))
"""Pythons that the lock files cover, the preferred one first."""
USAGE = """usage: python installer/bootstrap.py run [FILE OR FOLDER...]     open the window
       python installer/bootstrap.py test [PYTEST OPTIONS...]   run the tests
       python installer/bootstrap.py launch [FILE OR FOLDER...]  run as by a double click: installation in a window
       python installer/bootstrap.py prepare                    install what the window needs, and open nothing"""
PROBE = "import sys; print('%d.%d' % sys.version_info[:2] if sys.maxsize > 2**32 else '32 bit')"
COMMANDS = ("run", "test", "launch", "prepare")


def main(arguments: "list[str]") -> int:
    """Run one command; its exit code, 1 for a failure told in a sentence, or 2 for wrong usage."""
    if not arguments or arguments[0] not in COMMANDS:
        asked_for_help = bool(arguments) and arguments[0] in ("-h", "--help")
        print(USAGE, file=sys.stdout if asked_for_help else sys.stderr)
        return 0 if asked_for_help else 2
    if not suitable(sys.version_info[:2]) or sys.maxsize <= 2**32:
        other = other_python()
        if other is None:
            print(
                "CovidViewer needs a 64-bit Python 3.11, 3.12 or 3.13, and this is %d.%d (%s); install one of them."
                % (sys.version_info[0], sys.version_info[1], sys.executable),
                file=sys.stderr,
            )
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


def suitable(version: "tuple[int, ...]") -> bool:
    """Whether the lock files cover this (major, minor)."""
    return tuple(version) in SUITABLE


def other_python() -> "list[str] | None":
    """Command of a suitable Python elsewhere on this computer, or None."""
    for version in SUITABLE:
        name = "%d.%d" % version
        candidates = [["py", "-" + name]] if os.name == "nt" else [["python" + name]]
        for command in candidates:
            if shutil.which(command[0]) and answers(command, name):
                return command
    return None


def answers(command: "list[str]", version: str) -> bool:
    """Whether `command` starts a 64-bit Python of `version`: a launcher can be there without what it launches."""
    try:
        said = subprocess.check_output([*command, "-c", PROBE], stderr=subprocess.DEVNULL, universal_newlines=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return said.strip() == version


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
