"""The Linguist files are complete and have the places of their sources; texts are found where they are."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from installer import translate
from tests.unit.code_texts import docstrings


def places(text: str) -> list[str]:
    return sorted(re.findall(r"\{[^}]*\}", text))


def test_every_text_of_the_window_is_translated_and_none_is_left_over() -> None:
    assert translate.faults() == []


@pytest.mark.parametrize("language", translate.LANGUAGES)
def test_a_translation_has_the_places_the_mnemonic_and_the_ellipsis_of_its_source(language: str) -> None:
    for source, said in translate.translations(language).items():
        assert places(said) == places(source), source
        assert said.count("&") == source.count("&"), source
        assert said.endswith("…") == source.endswith("…"), source
        assert said.startswith(" ") == source.startswith(" ") or language == "zh", source


@pytest.mark.parametrize("language", translate.LANGUAGES)
def test_the_limits_of_the_score_are_said_in_every_language(language: str) -> None:
    said = translate.translations(language)
    strip = said["Research use only. Not a medical device. Not for diagnosis."]
    assert (
        strip
        == {
            "pt": "Somente para pesquisa. Não é um dispositivo médico. Não serve para diagnóstico.",
            "zh": "仅供研究使用。不是医疗器械。不用于诊断。",
        }[language]
    )


def unmarked_sentences(file: Path) -> list[str]:
    """Whole sentences of a file that are no docstring, no line for the log, and not found by `texts_of`."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    left_out = set(docstrings(tree))
    for node in ast.walk(tree):
        logged = isinstance(node, ast.Call) and ast.unparse(node.func).startswith("log.")
        if logged or isinstance(node, ast.JoinedStr):
            left_out.update(id(part) for part in ast.walk(node))
    marked = set(translate.texts_of(file))
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and id(node) not in left_out
        and isinstance(node.value, str)
        and re.fullmatch(r"[A-Z0-9“].* .*\.", node.value, re.DOTALL)
        and node.value not in marked
    ]


def test_every_whole_sentence_in_the_windows_files_is_marked() -> None:
    assert {file.name: found for file in translate.files(translate.ROOT) if (found := unmarked_sentences(file))} == {}


def test_texts_are_found_in_calls_and_rows_and_nowhere_else(tmp_path: Path) -> None:
    file = tmp_path / "some.py"
    file.write_text(
        '"""A docstring. It is left out."""\n'
        'NOTE = "A sentence that is not marked."\n'
        'RESERVED = {"Space": N_("Peek")}\n'
        'OTHER = {"Tab": "Not ours"}\n'
        "def f(n):\n"
        '    """Another docstring here."""\n'
        '    log.warning("This goes to the log.")\n'
        '    raise UnreadableFile("Frame {n}", n=n)\n'
        '    tr("word"); tr(n); Action("id", "&Menu", "a.b"); f"Part of {n} is not said."\n',
        encoding="utf-8",
    )
    found = sorted(translate.texts_of(file))
    assert found == ["&Menu", "Frame {n}", "Peek", "word"]
    assert unmarked_sentences(file) == ["A sentence that is not marked."]


def test_files_that_the_window_does_not_import_are_left_out(tmp_path: Path) -> None:
    for name, content in {
        "ui/window.py": "def f():\n    from covidviewer.services import scoring\n",
        "services/scoring.py": "import covidviewer.imaging.slices\n",
        "services/receiving.py": "",
        "imaging/slices.py": "",
        "cli/main.py": "from covidviewer.services import receiving\n",
    }.items():
        file = tmp_path / "covidviewer" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    found = [file.relative_to(tmp_path / "covidviewer").as_posix() for file in translate.files(tmp_path)]
    assert found == ["imaging/slices.py", "services/scoring.py", "ui/window.py"]


def test_a_literal_for_lupdate_is_the_text() -> None:
    for text in ('say "this"', "back\\slash", "two\nlines", "“é” 肺"):
        assert eval(translate.quoted(text)) == text
