"""Where the program's own files lie, installed or not: the one place that knows. Standard library only; any thread."""

from __future__ import annotations

from pathlib import Path


def resource_folder(name: str) -> Path:
    """A folder of `resources/` ("models", "icons", ...); it need not exist.

    A wheel and a frozen program carry `resources` inside the package; a checkout has it beside the package.
    """
    package = Path(__file__).resolve().parent
    inside = package / "resources" / name
    return inside if inside.is_dir() else package.parent / "resources" / name


def cache_folder(name: str = "") -> Path:
    """The user's cache folder of the program, or a folder in it; it need not exist, and may be deleted at any time."""
    from platformdirs import user_cache_path

    return user_cache_path("CovidViewer", appauthor=False) / name
