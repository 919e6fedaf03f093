"""The hook that checks commit messages, alone and as git runs it; CONTRIBUTING's own examples among its cases."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOOK = ROOT / ".githooks" / "commit-msg"
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def faults_of() -> Callable[[str, int], list[str]]:
    """The hook's own check."""
    found: Callable[[str, int], list[str]] = runpy.run_path(str(HOOK))["faults_of"]
    return found


def examples(kind: str) -> list[str]:
    """The messages under “Good” or “Bad” in CONTRIBUTING."""
    (block,) = re.findall(rf"^{kind}:\n```\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    return [message for message in re.split(r"^---\n", block, flags=re.MULTILINE) if message]


@pytest.mark.parametrize(
    ("message", "files"),
    [
        ("Add the pretrained weights as an extra\n", 3),
        ("Add the pretrained weights as an extra\n\nThe window does not need them.\n", 40),
        ("Keep " + "a" * 67 + "\n", 1),
        ("Process series in the order of their numbers\n", 1),
        ("Pass the folder's own name on\n", 1),
        ("Need a display for the tour only\n", 1),
        ("Merge branch 'other'\n", 90),
        ('Revert "Adds things"\n\nThis reverts commit 1.\n', 90),
        ("fixup! whatever was there\n", 9),
        ("# only what git says\n", 9),
        ("Read it once\n\nTwice was waste.\n# ------------------------ >8 ------------------------\ndiff --git\n", 9),
    ],
)
def test_a_message_within_the_rules_passes(
    message: str, files: int, faults_of: Callable[[str, int], list[str]]
) -> None:
    assert faults_of(message, files) == []


@pytest.mark.parametrize(
    ("message", "files", "fault"),
    [
        ("Keep " + "a" * 68, 1, "73 characters"),
        ("Added a test", 1, "begins with “Added”"),
        ("Adds a test", 1, "begins with “Adds”"),
        ("Adding a test", 1, "begins with “Adding”"),
        ("The planes begin at the shown slice", 1, "“The” is none"),
        ("words mended", 1, "capitalised verb"),
        ("Mend words; renew pictures", 1, "semicolon"),
        ("Mend the words.", 1, "full stop"),
        ("Mend the words\nof the window", 1, "second line"),
        ("Mend the words", 4, "4 files change"),
        ("Mend the words\n\nSigned-off-by: Somebody <a@b.example>", 4, "4 files change"),
        ("Mend the words\n\n# only what git says", 4, "4 files change"),
    ],
)
def test_a_message_that_breaks_one_rule_is_told_that_rule(
    message: str, files: int, fault: str, faults_of: Callable[[str, int], list[str]]
) -> None:
    (said,) = faults_of(message, files)
    assert fault in said


def test_the_good_examples_pass_and_the_bad_ones_do_not(faults_of: Callable[[str, int], list[str]]) -> None:
    assert [faults_of(message, 9) for message in examples("Good")] == [[], []]
    assert [bool(faults_of(message, 9)) for message in examples("Bad")] == [True, True]


@pytest.mark.skipif(os.name != "posix", reason="only on Linux and macOS: git starts the hook by its first line")
def test_git_refuses_the_commit_with_the_reason_and_takes_it_when_mended(tmp_path: Path) -> None:
    def git(*words: str) -> subprocess.CompletedProcess[str]:
        own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        names = {f"GIT_{who}_{what}": "a@b.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        return subprocess.run(
            ["git", *words], cwd=tmp_path, env=os.environ | own | names, check=False, capture_output=True, text=True
        )

    git("init", "-q")
    git("config", "core.hooksPath", str(HOOK.parent))
    for number in range(4):
        (tmp_path / str(number)).touch()
    git("add", ".")
    refused = git("commit", "-q", "-m", "Add four files")
    assert refused.returncode == 1
    assert refused.stderr == "commit-msg: 4 files change: say why in a body, after an empty line.\n"
    assert git("commit", "-q", "-m", "Add four files", "-m", "Something must be there.").returncode == 0
    assert git("log", "--format=%s").stdout == "Add four files\n"
