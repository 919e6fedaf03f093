"""System libraries that Qt's wheels expect of a Linux desktop: which are missing, and which package brings each."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from installer.debian import install_packages
from installer.environment import Environment
from installer.failure import Failure

PACKAGES: dict[str, str] = {
    "libdbus-1.so.3": "libdbus-1-3",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
"""Debian package of each shared library (Ubuntu provides the same names)."""


def platform_plugins(variables: Mapping[str, str]) -> tuple[str, ...]:
    """Qt platform plugins that this desktop will load."""
    return ("libqxcb.so", "libqoffscreen.so", *(("libqwayland.so",) if variables.get("WAYLAND_DISPLAY") else ()))


def ensure_libraries(environment: Environment, plugins: tuple[str, ...]) -> None:
    """Install the missing libraries where that is allowed; raises `Failure` with the line to type where it is not.

    What was found complete is remembered in the environment's record, so that later starts look at nothing.
    """
    record = environment.record()
    if not sys.platform.startswith("linux") or set(plugins) <= set(record.get("plugins", ())):
        return
    missing = missing_libraries(environment.packages / "PySide6" / "Qt", plugins)
    if missing:
        supply(missing)
        still = missing_libraries(environment.packages / "PySide6" / "Qt", plugins)
        if still:
            raise Failure(f"Qt still misses these system libraries: {' '.join(still)}.")
    environment.write_record({**record, "plugins": sorted({*plugins, *record.get("plugins", ())})})


def missing_libraries(qt: Path, plugins: Iterable[str]) -> tuple[str, ...]:
    """Names of shared libraries that the loader does not find for these plugins; () where there is no `ldd` to ask."""
    ldd = shutil.which("ldd")
    if ldd is None:
        return ()
    files = [str(file) for plugin in plugins for file in (qt / "plugins" / "platforms").glob(plugin)]
    said = subprocess.run([ldd, *files], check=False, capture_output=True, text=True).stdout if files else ""
    return not_found(said)


def not_found(ldd_output: str) -> tuple[str, ...]:
    """The libraries that `ldd` reports as "not found", each once, sorted."""
    missing = (line for line in ldd_output.splitlines() if line.rstrip().endswith("=> not found"))
    return tuple(sorted({line.split()[0] for line in missing}))


def supply(libraries: tuple[str, ...]) -> None:
    """Install the packages of `libraries`, or raise `Failure` with the line to type on this kind of Linux."""
    packages = sorted({PACKAGES.get(name, name) for name in libraries})
    if shutil.which("apt-get"):
        install_packages(packages, why="Qt's window needs them")
        return
    by_soname = " ".join(f"'{name}()(64bit)'" for name in libraries)
    for tool in ("dnf", "zypper"):
        if shutil.which(tool):
            raise Failure(f"Qt's window needs system libraries; install them with: sudo {tool} install {by_soname}")
    raise Failure(f"Qt's window needs system libraries; install the packages that hold {' '.join(libraries)}.")
