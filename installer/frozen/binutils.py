"""Shared libraries of Linux read and made with binutils, which PyInstaller needs there anyway."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from installer.failure import Failure
from installer.tools import run


def needed(library: Path) -> set[str]:
    """Names of the libraries that one is linked with; none for what is no library."""
    if library.read_bytes()[:4] != b"\x7fELF":
        return set()
    return set(re.findall(r"NEEDED +(\S+)", run("objdump", "-p", library)))


def exported(library: Path) -> set[str]:
    """Names of the functions and data that a library offers, without their versions."""
    return {name for name, _ in symbols(run("nm", "-D", "--defined-only", library))}


def imported(library: Path) -> dict[str, str]:
    """Names of the functions and data that a library takes from others, and the version of each; '' for none."""
    return dict(symbols(run("nm", "-D", "--undefined-only", library)))


def symbols(said: str) -> list[tuple[str, str]]:
    """(name, version) of each line that `nm` says."""
    words = [line.split()[-1] for line in said.splitlines() if line.strip()]
    return [(word.partition("@")[0], word.rpartition("@")[2] if "@" in word else "") for word in words]


def content_of(library: Path, symbol: str) -> bytes:
    """The bytes of a symbol in a library whose read-only segment lies in the file as in memory."""
    found = re.search(rf"^(\S+) (\S+) \S {re.escape(symbol)}$", run("nm", "-D", "-S", library), re.MULTILINE)
    if found is None:
        raise Failure(f"{library} holds no {symbol}.")
    begin, size = (int(part, 16) for part in found.groups())
    return library.read_bytes()[begin : begin + size]


def assembled(lines: Iterable[str], place: Path, versions: Mapping[str, str] = MappingProxyType({})) -> Path:
    """A shared library of some lines for the assembler, written to `place` and named like it.

    Parameters
    ----------
    versions
        The version of a name, for those that have one: the loader compares it with what the caller was linked with.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    source, thing, script = (place.with_name(place.name + ending) for ending in (".s", ".o", ".map"))
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    script.write_text(version_script(versions), encoding="utf-8")
    run("as", source, "-o", thing)
    options = ("-z", "noexecstack", f"-soname={place.name}", *((f"--version-script={script}",) if versions else ()))
    run("ld", "-shared", *options, thing, "-o", place)
    for file in (source, thing, script):
        file.unlink()
    return place


def version_script(versions: Mapping[str, str]) -> str:
    """The linker's words for which name has which version."""
    names: dict[str, list[str]] = {}
    for name, version in versions.items():
        names.setdefault(version, []).append(name)
    return "".join(f"{version} {{ global: {'; '.join(sorted(held))}; }};\n" for version, held in sorted(names.items()))
