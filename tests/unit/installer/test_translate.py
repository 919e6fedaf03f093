"""The Linguist files are complete and have the places of their sources; texts are found where they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from installer import translate


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


def test_texts_are_found_in_calls_tables_and_sentences_and_nowhere_else(tmp_path: Path) -> None:
    file = tmp_path / "some.py"
    file.write_text(
        '"""A docstring. It is left out."""\n'
        'NOTE = "A sentence that is said."\n'
        'RESERVED = {"Space": "Peek"}\n'
        'OTHER = {"Tab": "Not ours"}\n'
        "def f(n):\n"
        '    """Another docstring here."""\n'
        '    log.warning("This goes to the log.")\n'
        '    raise UnreadableFile("Frame {n}", n=n)\n'
        '    tr("word"); tr(n); Action("id", "&Menu", "a.b"); f"Part of {n} is not said."\n',
        encoding="utf-8",
    )
    found = sorted(translate.texts_of(file, "covidviewer/ui/actions/shortcuts.py"))
    assert found == ["&Menu", "A sentence that is said.", "Frame {n}", "Peek", "word"]


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
