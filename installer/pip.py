"""pip in an environment, its progress on one line, and its failures in one sentence each."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from installer.failure import Failure

LOG = "bootstrap.log"
LINES = "COVIDVIEWER_PROGRESS_LINES"
"""Set by a window that reads what is said: then each step is a line of its own."""
KEPT_LINES = 200
REASONS: tuple[tuple[str, str], ...] = (
    (r"No space left|Errno 28|not enough space on the disk", "The disk is full: free some space and start again."),
    (
        r"DO NOT MATCH THE HASHES",
        "A downloaded package does not match the hash in the lock file and was not installed.",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED",
        "This network changes the package index's certificate: set PIP_CERT to the certificate of this network.",
    ),
    (
        r"\b407\b|ProxyError|Cannot connect to proxy",
        "The proxy of this network blocks the package index: check HTTPS_PROXY.",
    ),
    (
        r"NewConnectionError|name resolution|getaddrinfo|Network is unreachable|timed out|Max retries|ConnectionReset",
        "The package index cannot be reached: connect to the network and start again.",
    ),
    (r"Permission denied|Access is denied|Read-only file system", "The environment's folder cannot be written."),
    (
        r"No matching distribution found for (?P<what>\S+)",
        "{what} is not available for this system; 64-bit Windows 10, macOS 14 or Linux with glibc 2.34 is required.",
    ),
)
"""What pip says, and what we say instead; the first that fits."""


def pip_install(python: Path, log: Path, *options: str) -> None:
    """`pip install` with `options` by `python`; its whole talk is appended to `log`. Raises `Failure`."""
    command = [str(python), "-m", "pip", "install", "--no-input", "--disable-pip-version-check", *options]
    lines: list[str] = []
    collected = 0
    with (
        log.open("a", encoding="utf-8") as file,
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
        ) as process,
    ):
        for line in process.stdout or ():
            file.write(line)
            lines = [*lines[-KEPT_LINES:], line]
            collected += line.startswith("Collecting ")
            show_progress(line, collected)
    clear_progress()
    if process.returncode:
        raise Failure(sentence("".join(lines), log))


def show_progress(line: str, collected: int) -> None:
    """What pip does now, on the terminal's last line, or a line each for a window."""
    if line.startswith(("Collecting ", "Installing collected")):
        doing = f"package {collected}: {line.split()[1]}" if line.startswith("Collecting ") else "unpacking"
        if sys.stdout.isatty():
            print(f"\r\x1b[K{doing[:70]}", end="", flush=True)
        elif os.environ.get(LINES):
            print(doing[:70].partition("==")[0], flush=True)


def clear_progress() -> None:
    """Leave the terminal's line empty again."""
    if sys.stdout.isatty():
        print("\r\x1b[K", end="", flush=True)


def sentence(said: str, log: Path) -> str:
    """One sentence for a person, from pip's own words."""
    for pattern, reason in REASONS:
        found = re.search(pattern, said)
        if found:
            return f"{reason.format(**found.groupdict())} Details: {log}"
    lines = [line.strip() for line in said.splitlines() if line.strip()] or ["nothing"]
    telling = next((line for line in reversed(lines) if re.match(r"(ERROR|error|\w*Error):", line)), lines[-1])
    return f"Installing failed; pip said: {telling} Details: {log}"
