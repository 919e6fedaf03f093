"""The project's Markdown pages as tests read them: their commands, links, headings."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")] + sorted(
    (ROOT / "docs").rglob("*.md")
)
IN_VENV = ".venv/bin/"
PROGRAMS = ("bash", "covidviewer", "git", "pip", "python", "xvfb-run", "zensical")
"""What the pages' commands begin with."""
FENCE = re.compile(r"^( *)```\w*\n(.*?)^\1```", re.MULTILINE | re.DOTALL)


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def without_code(text: str) -> str:
    """The text alone, without code blocks and code words."""
    return re.sub(r"`[^`\n]*`", "", FENCE.sub("", text))


def typed_commands(page: Path) -> Iterator[str]:
    """The commands in a page's code blocks, as they are to be typed; continued lines as one."""
    for _, block in FENCE.findall(text_of(page)):
        for line in block.replace("\\\n", " ").splitlines():
            command = line.split(" #")[0].strip().removeprefix(IN_VENV)
            if command.split(" ")[0] in PROGRAMS:
                yield " ".join(command.split())


def mentioned_commands(page: Path) -> Iterator[str]:
    """Commands that the text speaks of, whole or in part, with words for what is to be put in."""
    for word in re.findall(r"`([^`\n]+)`", FENCE.sub("", text_of(page))):
        if word.split(" ")[0] in PROGRAMS and len(word.split()) > 1:
            yield word


def on_all_pages(found: Callable[[Path], Iterator[str]]) -> dict[str, str]:
    """Each command once, with the first page that it stands on."""
    commands: dict[str, str] = {}
    for page in PAGES:
        for command in found(page):
            commands.setdefault(command, page.relative_to(ROOT).as_posix())
    return commands


def words_of(command: str) -> list[str]:
    """A command's words as a shell takes them apart; a list of alternatives ("git clone … && …") as its first."""
    return shlex.split(command.split("&&", maxsplit=1)[0])


def named_syntaxes() -> dict[str, str]:
    """The transfer syntaxes of the conformance statement: their names by UID."""
    text = text_of(ROOT / "docs" / "conformance.md")
    return dict(re.findall(r"^\| (1\.2\.840[\d.]+) \| (.+?) \|$", text, re.MULTILINE))


def links(page: Path) -> Iterator[str]:
    """What a page links to and shows."""
    text = without_code(text_of(page))
    yield from re.findall(r"\]\(([^)\s]+)\)", text)
    yield from re.findall(r'src="([^"]+)"', text)


def anchors(page: Path) -> set[str]:
    """The names of a page's headings, as GitHub and the documentation's pages make them."""
    heads = re.findall(r"^#+ (.+)$", FENCE.sub("", text_of(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}
