"""What fills the frozen program: megabytes of each part, the largest first."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from installer.frozen.freeze import size_of

PARTS = {
    "OpenCV": ("cv2", "opencv_python_headless.libs"),
    "OpenVINO": ("openvino",),
    "Qt and PySide6": ("PySide6", "shiboken6"),
    "model, icons, texts": ("covidviewer",),
    "LiteRT": ("ai_edge_litert",),
    "NumPy": ("numpy", "numpy.libs"),
    "highdicom": ("highdicom",),
    "imagecodecs": ("imagecodecs", "imagecodecs.libs"),
    "Pillow": ("PIL", "pillow.libs"),
    "pydicom": ("pydicom",),
    "licences": ("licences",),
}
"""Folders of the program by what they belong to."""
REST = "Python and its modules"


def filling(folder: Path) -> list[tuple[str, int]]:
    """(part, bytes), the largest first."""
    owner = {name: part for part, names in PARTS.items() for name in names}
    sizes: Counter[str] = Counter()
    for place in (*folder.iterdir(), *(folder / "_internal").iterdir()):
        if place.name != "_internal" and not place.is_symlink():
            part = owner.get(place.name, REST) if place.is_dir() else REST
            sizes[part] += size_of(place) if place.is_dir() else place.stat().st_size
    return sizes.most_common()


def table(folder: Path) -> str:
    """The same as lines for people."""
    rows = filling(folder)
    lines = [f"{size / 1e6:7.1f} MB  {part}" for part, size in rows]
    return "\n".join([*lines, f"{sum(size for _, size in rows) / 1e6:7.1f} MB  in all"])
