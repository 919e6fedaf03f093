"""Tools of other makers: what they say, or one sentence with their last words."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from installer.failure import Failure
from installer.tools import run


def test_what_a_tool_says_comes_back_and_it_runs_where_it_is_told(tmp_path: Path) -> None:
    said = run(sys.executable, "-c", "import os; print(os.getcwd())", folder=tmp_path)
    assert Path(said.strip()).samefile(tmp_path)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("import sys; print('no room', file=sys.stderr); sys.exit(2)", "no room"),
        ("import sys; print('said aloud'); sys.exit(2)", "said aloud"),
        ("import sys; sys.exit(7)", "it ended with 7"),
    ],
)
def test_a_tool_that_refuses_is_one_sentence_with_its_words(words: str, told: str) -> None:
    with pytest.raises(Failure, match=told):
        run(sys.executable, "-c", words)


def test_a_tool_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(Failure, match=r"no-such-tool is missing"):
        run(tmp_path / "no-such-tool")
