"""docs/conformance.md names exactly the transfer syntaxes and limits that the readers have."""

from __future__ import annotations

import re

import pytest
from pydicom import uid
from pydicom._uid_dict import UID_dictionary

from covidviewer.errors import UnsupportedImage
from covidviewer.imaging import archive, limits
from covidviewer.imaging.dicom.decoders import check_syntax
from tests.unit.doc_pages import ROOT, named_syntaxes, text_of

TEXT = text_of(ROOT / "docs" / "conformance.md")


def is_read(syntax: str) -> bool:
    try:
        check_syntax(uid.UID(syntax))
    except UnsupportedImage:
        return False
    return True


def test_the_statement_names_every_transfer_syntax_that_is_read_and_no_other() -> None:
    registered = {name for name, entry in UID_dictionary.items() if entry[1] == "Transfer Syntax"}
    assert {name for name in registered if is_read(name)} == set(named_syntaxes())


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        ("{} million pixels", limits.MAX_PIXELS // 1_000_000),
        ("{:,} frames", limits.MAX_FRAMES),
        ("{} MB once inflated", limits.MAX_INFLATED_BYTES // 2**20),
        ("{:,} rows or columns", limits.MAX_SIDE),
        ("{} scans", limits.MAX_SCANS),
        ("{} s for the headers", limits.HEADER_SECONDS),
        ("{} s for a frame or page", limits.PICTURE_SECONDS),
        ("{} GB of memory", limits.FILE_BYTES // 10**9),
        ("{:,} entries", archive.MAX_ENTRIES),
        ("{} GB in all", archive.MAX_TOTAL_BYTES // 2**30),
        ("{} times", archive.MAX_RATIO),
        ("over {} MB", archive.RATIO_FREE_BYTES // 2**20),
    ],
)
def test_the_limits_are_the_readers(words: str, limit: int) -> None:
    assert words.format(limit) in re.sub(r"\s+", " ", TEXT)
