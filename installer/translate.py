"""`python installer/translate.py`: gathers the window's texts, renews the Qt Linguist files, builds what is shipped.

Every text goes into `translations/covidviewer_LANGUAGE.ts` by pyside6-lupdate, which keeps what is translated and marks
what is new; `pyside6-linguist` or any editor fills those in; pyside6-lrelease then writes the `.qm` files into
`resources/translations`. `--check` changes nothing and ends with 1 when a text is missing or unfinished.
"""

from __future__ import annotations

import argparse
import ast
import json
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "translations"
SHIPPED = ROOT / "resources" / "translations"
LANGUAGES = ("pt", "zh")
CONTEXT = "CovidViewer"
CALLS = frozenset(
    {
        "BrokenModel",
        "DeviceUnavailable",
        "N_",
        "OutputUnwritable",
        "Sentence",
        "UnreadableFile",
        "UnsupportedImage",
        "tr",
    }
)
"""Calls whose first argument is a text for people; `N_` does nothing else."""
ROWS = {"Action": 1, "Field": 1, "HeatColours": 0, "OpacityBand": 1}
"""Rows of the tables of actions, corner texts and density bands: which of their arguments is one."""


def texts(root: Path = ROOT) -> list[str]:
    """Every English text that the window may say, each once, in alphabetical order."""
    found: set[str] = set()
    for file in files(root):
        found.update(texts_of(file))
    card = json.loads((root / "resources" / "models" / "model_card.json").read_text(encoding="utf-8"))
    found.update(band["words"] for band in card["bands"])
    found.update(card["training"])
    return sorted(found)


def files(root: Path) -> list[Path]:
    """The window's files, and all files of the program that they import, directly or through others.

    What the command line alone uses says nothing in the window.
    """
    waiting = sorted((root / "covidviewer" / "ui").rglob("*.py"))
    found = set(waiting)
    while waiting:
        for module in imported(ast.parse(waiting.pop().read_text(encoding="utf-8"))):
            place = root.joinpath(*module.split("."))
            file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
            if file.is_file() and file not in found:
                found.add(file)
                waiting.append(file)
    return sorted(found)


def imported(tree: ast.Module) -> Iterator[str]:
    """The modules of the program that a file imports, wherever in it; names from a package as modules of it too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("covidviewer"):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("covidviewer"))


def texts_of(file: Path) -> Iterator[str]:
    """Those of one file: what is handed to `tr`, `N_` and errors, and what stands in rows of `ROWS`."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        at = 0 if called in CALLS else ROWS.get(called)
        if at is None or len(node.args) <= at:
            continue
        text = node.args[at]
        if isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value:
            yield text.value


def renew() -> None:
    """Bring the texts of the program into the Linguist files; translations stay."""
    SOURCES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "texts.py"
        lines = (f'QCoreApplication.translate("{CONTEXT}", {quoted(text)})' for text in texts())
        listed.write_text("\n".join(lines) + "\n", encoding="utf-8")
        for language in LANGUAGES:
            options = ("-locations", "none", "-no-obsolete", "-source-language", "en", "-target-language", language)
            run("pyside6-lupdate", *options, str(listed), "-ts", str(linguist_file(language)))


def build() -> None:
    """Write the files that are shipped."""
    SHIPPED.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        run("pyside6-lrelease", str(linguist_file(language)), "-qm", str(SHIPPED / f"covidviewer_{language}.qm"))


def translations(language: str) -> dict[str, str]:
    """What the Linguist file says for each text; '' for what is unfinished."""
    tree = ET.parse(linguist_file(language))
    found = {}
    for message in tree.iter("message"):
        said = message.find("translation")
        finished = said is not None and said.get("type") is None and said.text
        found[message.findtext("source") or ""] = said.text or "" if finished and said is not None else ""
    return found


def faults() -> list[str]:
    """What is missing or left over, a line each."""
    wanted, told = set(texts()), []
    for language in LANGUAGES:
        there = translations(language)
        told += [f"{language}: not in the file: {text}" for text in sorted(wanted - there.keys())]
        told += [f"{language}: no longer used: {text}" for text in sorted(there.keys() - wanted)]
        told += [f"{language}: not translated: {text}" for text, said in sorted(there.items()) if not said]
    return told


def linguist_file(language: str) -> Path:
    """The Qt Linguist file of a language."""
    return SOURCES / f"covidviewer_{language}.ts"


def quoted(text: str) -> str:
    """A Python literal that lupdate reads as Python does."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def run(tool: str, *arguments: str) -> None:
    """A tool that comes with PySide6, from beside this Python."""
    subprocess.run([str(Path(sys.executable).parent / tool), *arguments], check=True)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; end with 1 when something is missing")
    if not parser.parse_args().check:
        renew()
        build()
    found = faults()
    print("\n".join(found) if found else f"complete: {len(texts())} texts in {', '.join(LANGUAGES)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
