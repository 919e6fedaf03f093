"""docs/conformance.md names exactly the transfer syntaxes and limits that the readers have."""

from __future__ import annotations

import re

import pytest
from pydicom import uid
from pydicom._uid_dict import UID_dictionary

from covidviewer.errors import UnsupportedImage
from covidviewer.imaging import archive, raster, tiff_pages
from covidviewer.imaging.dicom import file as dicom_file
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
        ("{} million pixels", dicom_file.MAX_PIXELS // 1_000_000),
        ("{:,} frames", dicom_file.MAX_FRAMES),
        ("{} MB for a deflated", dicom_file.MAX_INFLATED_BYTES // 2**20),
        ("{:,} entries", archive.MAX_ENTRIES),
        ("{} GB in all", archive.MAX_TOTAL_BYTES // 2**30),
        ("{} times", archive.MAX_RATIO),
        ("{} MB.", archive.RATIO_FREE_BYTES // 2**20),
    ],
)
def test_the_limits_are_the_readers(words: str, limit: int) -> None:
    assert words.format(limit) in re.sub(r"\s+", " ", TEXT)
    assert (raster.MAX_PIXELS, tiff_pages.MAX_PAGES) == (dicom_file.MAX_PIXELS, dicom_file.MAX_FRAMES)
