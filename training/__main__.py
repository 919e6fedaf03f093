"""python -m training: the command line. Knows argparse and the table of commands.

The work is in `training.commands`.
"""

from __future__ import annotations

import argparse
import errno
import importlib
import logging
import sys
from collections.abc import Sequence
from typing import TypeGuard

from covidviewer.errors import CovidViewerError
from covidviewer.files import os_error_reason

COMMANDS: tuple[tuple[str, str], ...] = (
    ("visualise", "look at the data: samples, sizes, intensities, duplicates, framing"),
    ("split", "divide the slices at random or by groups"),
    ("train", "train a network, or go on with --resume"),
    ("evaluate", "measure a run on its test slices and on external sources"),
    ("probe", "ask a model from outside what it sees, each figure beside its bound"),
    ("floors", "what trivial methods reach on the same slices"),
    ("report", "write the report of one or more runs: HTML, figures, metrics"),
    ("export", "make the file that the program runs, with its card"),
    ("card", "write the model card as a page of the documentation"),
    ("reproduce", "all of it, in order; goes on where it was stopped"),
)
FAILED, INTERRUPTED = 1, 130


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(prog="python -m training", description=__import__("training").__doc__)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, purpose in COMMANDS:
        module = importlib.import_module(f"training.commands.{name}")
        own = commands.add_parser(name, help=purpose, description=module.__doc__)
        module.add(own)
        own.set_defaults(run=module.run)
    return top


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status. Everything a person can mend is one sentence on stderr."""
    logging.getLogger("PIL").setLevel(logging.WARNING)
    arguments = parser().parse_args(words)
    try:
        arguments.run(arguments)
    except CovidViewerError as error:
        return failed(sentence_of(error.__cause__) if is_full(error.__cause__) else str(error))
    except KeyboardInterrupt:
        return failed("Stopped; go on with the same command and --resume.", INTERRUPTED)
    except MemoryError:
        return failed(out_of_memory())
    except OSError as error:
        return failed(sentence_of(error))
    except RuntimeError as error:
        if "out of memory" not in str(error).lower() and "can't allocate memory" not in str(error).lower():
            raise
        return failed(out_of_memory())
    return 0


def out_of_memory() -> str:
    """What to do when memory runs out."""
    return (
        "Memory ran out; nothing that was saved is lost: use a smaller batch in the config, or "
        "close other programs, and go on with --resume."
    )


def is_full(error: BaseException | None) -> TypeGuard[OSError]:
    """Whether the disk, or the user's share of it, is full."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def sentence_of(error: OSError) -> str:
    """One sentence for what the system refused."""
    place = f" ({error.filename})" if error.filename else ""
    if is_full(error):
        return f"The disk is full{place}; the last whole checkpoint is kept: make room and go on with --resume."
    return f"The system refused to read or write{place}: {os_error_reason(error)}."


def failed(sentence: str, status: int = FAILED) -> int:
    """Say why on stderr and give the exit status."""
    print(sentence, file=sys.stderr)
    return status


if __name__ == "__main__":
    raise SystemExit(main())
