"""Which of the files that PyInstaller found, and of those that are loaded by name, go into the frozen program."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from importlib.util import find_spec
from pathlib import Path

QT_PLUGINS = (
    "iconengines/*qsvgicon*",
    "imageformats/*q@(gif|ico|jpeg|svg|webp)*",
    "platforminputcontexts/*composeplatforminputcontext*",
    "platforminputcontexts/*ibusplatforminputcontext*",
    "platforms/*q@(cocoa|offscreen|wayland|windows|xcb)*",
    "platformthemes/*qxdgdesktopportal*",
    "styles/*",
    "wayland-decoration-client/*",
    "wayland-graphics-integration-client/*qt-plugin-wayland-egl*",
    "wayland-shell-integration/*xdg-shell*",
)
"""Of Qt's plugins those that a window of ours can load. Without gtk3, which loads all of GTK at each start."""
OPENVINO = ("*openvino.*", "*openvino_intel_cpu_plugin*", "*openvino_tensorflow_lite_frontend*", "*hwloc*", "*tbb*")
"""Core, processor plugin, frontend for LiteRT files, threads."""
LITERT = ("*LiteRt*", "*pywrap_litert_common*")
"""The runtime and its accelerators; not what compiles for the chips of telephones."""
LEFT_OUT = (
    "PySide6/Qt/translations/*",
    "PySide6/translations/*",
    "*Qt6@(Pdf|Qml|Quick|VirtualKeyboard)*",
    "*opencv_videoio_ffmpeg*",
    "*opengl32sw.dll",
    "*.pyi",
)


Row = tuple[str, str, str]
"""Of PyInstaller's tables: place in the program, place on this computer, kind."""


def kept(rows: Iterable[Row]) -> list[Row]:
    """The rows of PyInstaller's table that go into the program."""
    return [row for row in rows if is_kept(row[0])]


def minified(rows: Iterable[Row], work: Path) -> list[Row]:
    """The rows with highdicom's tables of the standard written without line breaks: 16 MB for 23."""
    return [(place, str(without_spaces(Path(source), work)), kind) if is_table(place) else (place, source, kind)
            for place, source, kind in rows]  # fmt: skip


def is_table(place: str) -> bool:
    """Whether a file of the program is one of these tables."""
    return fnmatchcase(place.replace("\\", "/"), "highdicom/_standard/*.json")


def without_spaces(file: Path, work: Path) -> Path:
    """The same JSON, copied to `work`."""
    place = work / "minified" / file.name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")), separators=(",", ":")), encoding="utf-8")
    return place


def is_kept(place: str) -> bool:
    """Whether a file belongs in the program, by its place there."""
    path = place.replace("\\", "/")
    plugin = re.search(r"PySide6/(?:Qt/)?plugins/(.+)", path)
    if plugin is not None:
        return fits(plugin[1], QT_PLUGINS)
    if re.match(r"openvino/libs/", path):
        return fits(Path(path).name, OPENVINO)
    return not fits(path, LEFT_OUT)


def fits(name: str, patterns: Iterable[str]) -> bool:
    """Whether a name fits one of the patterns; `@(a|b)` in them is a choice."""
    return any(fnmatchcase(name, one) for pattern in patterns for one in choices(pattern))


def choices(pattern: str) -> list[str]:
    """The patterns that one with a choice stands for."""
    found = re.fullmatch(r"(.*)@\((.*)\)(.*)", pattern)
    return [pattern] if found is None else [found[1] + one + found[3] for one in found[2].split("|")]


def loaded_by_name() -> list[tuple[str, str]]:
    """Shared libraries that no import leads to: (place on this computer, folder in the program)."""
    return [
        *((file, "openvino/libs") for file in libraries("openvino", "libs", OPENVINO)),
        *((file, "ai_edge_litert") for file in libraries("ai_edge_litert", ".", LITERT)),
    ]


def libraries(package: str, folder: str, patterns: Iterable[str]) -> list[str]:
    """Shared libraries in a folder of an installed package; [] where it is not installed."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return []
    files = sorted((Path(next(iter(spec.submodule_search_locations))) / folder).glob("*"))
    shared = [file for file in files if re.search(r"\.(so|dylib|dll)(\.|$)", file.name)]
    return [str(file) for file in shared if fits(file.name, patterns)]
