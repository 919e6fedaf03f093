"""Every text that an installer is made of, from a template and the one metadata file."""

from __future__ import annotations

from functools import partial
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from installer.metadata import metadata

TEMPLATES = Path(__file__).with_name("templates")


def recipe(template: str, **facts: object) -> str:
    """A template of `templates/` filled in with the metadata as `meta` and with `facts`."""
    surroundings = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True
    )
    surroundings.filters["xml"] = partial(escape, quote=False)
    return surroundings.get_template(template).render(meta=metadata(), **facts)


def write(place: Path, text: str, mode: int = 0o644) -> Path:
    """Write a text with Unix line ends, its folder made."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8", newline="\n")
    place.chmod(mode)
    return place
