"""Every command that a page tells people to type is taken by the program that it names; the quick ones are run.

What the text merely speaks of (`covidviewer batch --report`) has to name commands and options that there are.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from covidviewer.cli.main import COMMANDS, WINDOW, main, window_parser
from covidviewer.phantom.files import write_phantom_dicom, write_phantom_png
from covidviewer.phantom.slices import phantom_slice
from tests.unit.doc_pages import ROOT, mentioned_commands, on_all_pages, typed_commands, words_of

TYPED = on_all_pages(typed_commands)
MENTIONED = on_all_pages(mentioned_commands)
RUN = ("classify", "info", "batch", "dicom")
"""Commands of the program that are run here; the others have tests of their own that take longer."""
OPTIONAL = {"--identified": "highdicom", "dicom": "highdicom", ".parquet": "pyarrow"}


def of_the_program(words: list[str]) -> argparse.ArgumentParser:
    """Who takes the words of `covidviewer`."""
    command = next((one for one in COMMANDS if words and words[0] == one.name), WINDOW)
    parser = window_parser() if command is WINDOW else argparse.ArgumentParser(f"covidviewer {command.name}")
    import_module(command.module).add_arguments(parser)
    return parser


def of_a_module(module: str) -> argparse.ArgumentParser:
    """Who takes the words of `python -m module`."""
    name, maker = {
        "training": ("training.__main__", "parser"),
        "tests.benchmarks": ("tests.benchmarks.__main__", "parser"),
        "tests.gui.tour": ("tests.gui.tour.__main__", "arguments"),
    }[module]
    made = getattr(import_module(name), maker)()
    assert isinstance(made, argparse.ArgumentParser)
    return made


def of_a_script(script: str, words: list[str]) -> None:
    """As a file of ours takes its words: it is there, and its help names them. What follows `test` is pytest's."""
    done = subprocess.run([sys.executable, script, "--help"], cwd=ROOT, check=True, capture_output=True, text=True)
    own = words[: words.index("test") + 1] if "test" in words else words
    for word in own:
        assert word.isupper() or word.startswith("FILE") or word in done.stdout, word


def take(words: list[str]) -> None:
    """Let whoever is named take the words; raises what argparse or an assertion raises."""
    program, *rest = words
    if program == "xvfb-run":
        take(rest[rest.index("python") :])
    elif program == "covidviewer":
        named = bool(rest) and rest[0] in {one.name for one in COMMANDS}
        of_the_program(rest).parse_args(rest[1:] if named else rest)
    elif rest[:2] == ["-m", "hatchling"]:
        assert rest[2:] == ["build"]
    elif program == "python" and rest[0] == "-m":
        of_a_module(rest[1]).parse_args(rest[2:])
    elif program == "python":
        of_a_script(rest[0], rest[1:])
    elif program == "pip":
        takes_extras(rest)
    elif program == "bash":
        subprocess.run(["bash", "-n", *rest], cwd=ROOT, check=True)
    elif program == "zensical":
        assert rest == ["build", "--strict"]
    else:
        assert program == "git"


def options(parser: argparse.ArgumentParser, words: list[str]) -> str:
    """The help of a parser, of the command among the words if there is one."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            known = [word for word in words if word in action.choices]
            assert known or not [word for word in words if word.islower()], words
            if known:
                return str(action.choices[known[0]].format_help())
    return parser.format_help()


def mention(words: list[str]) -> None:
    """Let whoever is named know the command and the options among the words; raises an assertion."""
    program, *rest = words
    if program == "covidviewer":
        known = options(of_the_program(rest), [])
    elif program == "python" and rest[0] == "-m" and rest[1] != "hatchling":
        known = options(of_a_module(rest[1]), rest[2:])
    elif program == "xvfb-run":
        return
    else:
        take(words)
        return
    assert all(word in known for word in rest if word.startswith("--")), words


def exit_code(words: list[str]) -> object:
    """What the program that is named ends with when it only looks at its words; 0 also when it shows its help."""
    try:
        take(words)
    except SystemExit as ended:
        return ended.code
    return 0


def takes_extras(words: list[str]) -> None:
    """`pip install "covidviewer[EXTRA]"`: the extra is one of ours."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    named = re.fullmatch(r"(?:covidviewer|\.)\[([\w,-]+)\]", words[-1])
    assert words[0] == "install"
    assert named is not None
    assert set(named[1].split(",")) <= extras.keys()


@pytest.mark.parametrize("command", TYPED)
def test_a_command_that_is_to_be_typed_is_taken_by_the_program_that_it_names(command: str) -> None:
    assert not exit_code(words_of(command)), (TYPED[command], command)


@pytest.mark.parametrize("command", MENTIONED)
def test_a_command_that_is_spoken_of_is_there_with_its_options(command: str) -> None:
    mention(words_of(command))


def test_the_pages_hold_commands_and_a_wrong_one_is_refused() -> None:
    assert len(TYPED) > 30
    assert len(MENTIONED) > 15
    with pytest.raises(SystemExit):
        take(["covidviewer", "batch", "FOLDER", "--into", "scores.csv"])
    with pytest.raises(AssertionError):
        take(["python", "installer/relock.py", "--newest"])
    with pytest.raises(AssertionError):
        mention(["covidviewer", "batch", "--into"])
    with pytest.raises(AssertionError):
        mention(["python", "-m", "training", "learn"])


def is_quick(command: str) -> bool:
    """Whether a command needs nothing but files and a second or two: no cluster, no other computer."""
    words = words_of(command)
    return words[0] == "covidviewer" and words[1] in RUN and "://" not in command


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that the commands speak of."""
    made = tmp_path_factory.mktemp("typed")
    for name in ("series", "archive", "FOLDER", "inbox"):
        (made / name).mkdir()
        for number in (1, 2):
            phantom = phantom_slice(3, 0.3 + 0.1 * number, 2, size=128)
            write_phantom_dicom(made / name / f"slice-{number}.dcm", phantom, seed=3, number=number)
    shutil.copy(made / "series" / "slice-1.dcm", made / "slice.dcm")
    write_phantom_png(made / "slice.png", phantom_slice(4, 0.4, size=128))
    return made


@pytest.mark.parametrize("command", [command for command in TYPED if is_quick(command)])
def test_a_quick_command_of_a_page_does_what_it_says(
    command: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for word, module in OPTIONAL.items():
        if word in command:
            pytest.importorskip(module)
    words = words_of(command)[1:]
    monkeypatch.chdir(folder)
    out = Path(words[words.index("--out") + 1]) if "--out" in words else None
    if out is not None and "--resume" not in words and out.is_file():
        for old in folder.glob(f"{out.name}*"):
            old.unlink()
    assert main(words) == 0
    assert out is None or out.exists()
