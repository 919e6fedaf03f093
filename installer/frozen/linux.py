"""What the frozen program sheds on Linux, 130 MB: libraries that are linked and never called, those of the desktop.

OpenCV's wheel is linked with FFmpeg, libavif and a second OpenBLAS (85 MB), for video, AVIF and linear algebra; the
program calls none of these (a test holds its list of OpenCV's functions). In their place stand libraries of some
kilobytes that offer the same names, and end the process when one is called all the same.
"""

from __future__ import annotations

import platform
import re
from collections.abc import Iterable
from pathlib import Path

from installer.frozen.binutils import assembled, content_of, exported, imported, needed
from installer.frozen.icu_data import smaller
from installer.frozen.pruning import Row

HOLLOWED = r"opencv_python_headless\.libs/lib(openblas|avcodec|avformat|avutil|swscale|avif)"
CALLER = "cv2/cv2.abi3.so"
TRAP = {"x86_64": "ud2", "aarch64": "udf #0"}
ICU = r"libicudata\.so\.(\d+)$"
OF_THE_DESKTOP = (
    r"lib(stdc\+\+|gcc_s|GL|EGL|X11|X11-xcb|xcb|Xau|Xdmcp|bsd|md|fontconfig|freetype|glib-2\.0|gthread-2\.0|dbus-1"
    r"|wayland-\w+|xkbcommon|xkbcommon-x11|z|zstd|expat|gssapi_krb5|krb5|k5crypto|com_err|keyutils)\.so"
)
"""Left to the system: every Linux with a window has them, and older copies of ours would get in its drivers' way."""


def shed(rows: Iterable[Row], work: Path) -> list[Row]:
    """The table without what is not needed; what is made in its place lies in `work`."""
    held = {place: (place, source, kind) for place, source, kind in rows}
    caller = Path(held[CALLER][1]) if CALLER in held else None
    for place, (_, source, kind) in held.items():
        if caller is not None and kind == "BINARY" and re.search(HOLLOWED, place):
            held[place] = (place, str(hollow(Path(source), caller, work)), kind)
        elif kind == "BINARY" and re.search(ICU, place):
            held[place] = (place, str(without_languages(Path(source), work)), kind)
    return reachable(held.values())


def hollow(library: Path, caller: Path, work: Path) -> Path:
    """A library of the same name that offers what `caller` takes from it, and does nothing."""
    trap = TRAP[platform.machine()]
    offered = exported(library)
    taken = {name: version for name, version in sorted(imported(caller).items()) if name in offered}
    lines = (f".globl {name}\n.type {name}, @function\n{name}: {trap}" for name in taken)
    versions = {name: version for name, version in taken.items() if version}
    return assembled((".text", *lines), work / "hollow" / library.name, versions)


def without_languages(library: Path, work: Path) -> Path:
    """ICU's library of data, made smaller."""
    version = library.name.rpartition(".")[2]
    symbol = f"icudt{version}_dat"
    data = work / "icu" / "smaller.dat"
    data.parent.mkdir(parents=True, exist_ok=True)
    data.write_bytes(smaller(content_of(library, symbol)))
    lines = (
        *('.section .rodata, "a"', ".balign 16", f".globl {symbol}", f".type {symbol}, @object"),
        *(f'{symbol}: .incbin "{data}"', f".size {symbol}, . - {symbol}"),
    )
    return assembled(lines, work / "icu" / library.name)


def reachable(rows: Iterable[Row]) -> list[Row]:
    """The rows without libraries that nothing in the program is linked with, and without those of the desktop.

    Extension modules and what is loaded by name (plugins, engines) are where it begins.
    """
    table = [row for row in rows if not re.match(OF_THE_DESKTOP, Path(row[0]).name)]
    libraries = {Path(place).name: source for place, source, kind in table if kind == "BINARY"}
    waiting = [source for place, source, kind in table if kind == "EXTENSION" or is_loaded_by_name(place)]
    waiting += [source for name, source in libraries.items() if name.startswith("libpython")]
    seen: set[str] = set()
    while waiting:
        source = waiting.pop()
        if source not in seen:
            seen.add(source)
            waiting += [libraries[name] for name in needed(Path(source)) if name in libraries]
    kept = {place for place, source, kind in table if kind not in ("BINARY", "SYMLINK") or source in seen}
    return [row for row in table if row[0] in kept or (row[2] == "SYMLINK" and target(row) in kept)]


def is_loaded_by_name(place: str) -> bool:
    """Whether the program loads a library itself, and not the linker."""
    return "/plugins/" in place or place.startswith(("openvino/libs/", "ai_edge_litert/"))


def target(row: Row) -> str:
    """Where a link leads, from the program's folder."""
    return (Path(row[0]).parent / row[1]).as_posix()
