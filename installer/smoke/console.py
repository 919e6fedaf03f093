"""The commands of the installed program."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from installer.failure import Failure
from installer.smoke.program import Program

SECONDS = 300.0
CANNOT_BEGIN = 2
"""How a batch ends that is refused before its first file."""


def check_console(program: Program, files: Sequence[Path], real: Sequence[Path]) -> None:
    """Score, read, batch, write and receive DICOM. Raises `Failure`."""
    rows = classified(program, files)
    odd = [row for row in rows if row["status"] != "scored" or not str(row["device"]).startswith("litert: CPU")]
    if odd or len(rows) != len(files):
        raise Failure(f"Not scored on the processor: {odd or rows}")
    print(f"classify: {len(rows)} transfer syntaxes scored, {rows[0]['p_covid']:.3f} for the first")
    if real:
        unread = [row for row in classified(program, real) if row["status"] == "failed"]
        if unread:
            raise Failure(f"Not read: {unread}")
        print(f"classify: {len(real)} real files read")
    folder = files[0].parent
    done(program, ["batch", folder, "--out", folder / "scores.csv", "--workers", "2"])
    print("batch: done, by processes of its own")
    refused = run(program, ["batch", folder, "--out", folder / "scores.parquet"])
    if refused.returncode != CANNOT_BEGIN or "pyarrow" not in refused.stderr or len(refused.stderr.splitlines()) != 1:
        raise Failure(f"A table that installers cannot write is not refused in one sentence: {refused.stderr}")
    done(program, ["dicom", files[0], "--out", folder / "objects"])
    print("dicom: objects written")
    receive(program, folder / "inbox")
    print("receive: an echo answered")


def classified(program: Program, files: Sequence[Path]) -> list[dict[str, Any]]:
    """What `classify --json` says of the files."""
    answer = run(program, ["classify", "--json", "--device", "cpu", "--engine", "litert", *files])
    if answer.returncode not in (0, 1):
        raise Failure(f"classify ended with {answer.returncode}: {answer.stderr}")
    rows: list[dict[str, Any]] = json.loads(answer.stdout)
    return rows


def done(program: Program, words: Sequence[str | Path]) -> None:
    """A command that must end with 0."""
    answer = run(program, words)
    if answer.returncode:
        raise Failure(f"{words[0]} ended with {answer.returncode}: {answer.stderr}")


def run(program: Program, words: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
    """A command to its end."""
    process = program.start(words, window=False)
    try:
        output, errors = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise Failure(f"{words[0]} took longer than {SECONDS:.0f} s.") from None
    return subprocess.CompletedProcess([], process.returncode, output, errors)


def receive(program: Program, folder: Path) -> None:
    """Start the receiver on a free port of this computer, ask it for an echo, and end it as Ctrl-C does."""
    from pynetdicom import AE

    process = program.start(["receive", "--port", "0", "--out", folder], window=False)
    try:
        assert process.stderr is not None
        port = int(process.stderr.readline().rpartition(":")[2].partition(";")[0])
        caller = AE()
        caller.add_requested_context("1.2.840.10008.1.1")
        association = caller.associate("127.0.0.1", port, ae_title="COVIDVIEWER")
        if not association.is_established or association.send_c_echo().Status != 0:
            raise Failure("The receiver gives no echo.")
        association.release()
        process.send_signal(signal.SIGINT)
        if process.wait(20):
            raise Failure(f"The receiver ended with {process.returncode}.")
    except ValueError:
        raise Failure("The receiver did not start.") from None
    finally:
        process.kill()
        process.communicate()
