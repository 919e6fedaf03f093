"""The command line: which command, its arguments, and what becomes of errors. Each command is a module, imported late.

Machine-readable output goes to stdout, talk to stderr. Exit codes: 0 all done, 1 something failed, 2 wrong usage,
130 stopped by Ctrl-C.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from covidviewer import __version__
from covidviewer.cli.console import FAILED, INTERRUPTED, USAGE, abandon_stdout, print_status, write_stdout
from covidviewer.disclaimer import DISCLAIMER
from covidviewer.errors import CovidViewerError
from covidviewer.imaging.outside import decoder_processes


@dataclass(frozen=True)
class Command:
    """A word of the command line, its module (with `add_arguments` and `run`), and a line of help."""

    name: str
    module: str
    summary: str


WINDOW: Final = Command("", "covidviewer.cli.window", "Open files and folders in the window.")
COMMANDS: Final = (
    Command("classify", "covidviewer.cli.classify", "Score slices: files, folders, archives."),
    Command("batch", "covidviewer.cli.batch", "Score a folder into one table; can be resumed."),
    Command("dicom", "covidviewer.cli.dicom", "Write heat maps and scores of DICOM series as DICOM objects."),
    Command("receive", "covidviewer.cli.receive", "Receive DICOM series from other programs until Ctrl-C."),
    Command("info", "covidviewer.cli.info", "Describe files, with checksums of their values."),
    Command("bench", "covidviewer.cli.bench", "Measure start-up, load time and time per slice on this computer."),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the process's exit code. Never raises."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    prepare_streams()
    try:
        code = dispatch(arguments)
        write_stdout("")  # what a command left in the buffer
    except SystemExit as leaving:  # argparse: 0 after --help, 2 for wrong usage
        return leaving.code if isinstance(leaving.code, int) else USAGE
    except KeyboardInterrupt:
        print_status("Stopped.")
        return INTERRUPTED
    except BrokenPipeError:
        abandon_stdout()
        return FAILED
    except CovidViewerError as error:
        print_status(error)
        return FAILED
    except Exception as error:  # noqa: BLE001 - the border of the process: the traceback goes to the log
        return confess(error)
    return code


def dispatch(arguments: Sequence[str]) -> int:
    """Parse, import the command's module, and run it."""
    command = next((one for one in COMMANDS if arguments and arguments[0] == one.name), WINDOW)
    parser = window_parser() if command is WINDOW else argparse.ArgumentParser(f"covidviewer {command.name}")
    parser.description = command.summary
    module = import_module(command.module)
    module.add_arguments(parser)
    options = parser.parse_args(arguments if command is WINDOW else arguments[1:])
    keep_a_log()
    clear_up()
    with decoder_processes():
        code: int = module.run(options)
    return code


def window_parser() -> argparse.ArgumentParser:
    """The parser without a command word, whose help lists the commands."""
    words = "\n".join(f"  {one.name:<10}{one.summary}" for one in COMMANDS)
    parser = argparse.ArgumentParser(
        "covidviewer",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=f"commands (covidviewer COMMAND --help):\n{words}\n\n"
        f"To open a file that has the name of a command, use ./classify.\n{DISCLAIMER}",
    )
    parser.add_argument("--version", action="version", version=f"CovidViewer {__version__}")
    return parser


def prepare_streams() -> None:
    """Let stdout and stderr print any path, and do without them where a graphical start has none."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - for the whole process
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def keep_a_log() -> None:
    """Send what the program logs to a file and not to the terminal."""
    from covidviewer.services.user_files.log import start_log_file

    start_log_file()


def clear_up() -> None:
    """Remove unpacked archives of runs that were killed, behind whatever the command does."""
    from threading import Thread

    from covidviewer.imaging.unpacked_folder import remove_abandoned_folders

    Thread(target=remove_abandoned_folders, name="clear up", daemon=True).start()


def confess(error: Exception) -> int:
    """Log what nobody foresaw, and say where."""
    import logging

    from covidviewer.services.user_files.log import log_path

    keep_a_log()
    logging.getLogger(__name__).error("Unhandled exception", exc_info=error)
    print_status(f"Unexpected error; details are in {log_path()}.")
    return FAILED
