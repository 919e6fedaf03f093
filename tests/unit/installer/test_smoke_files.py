"""The files of the smoke test are what their names say, by another decoder, and not by ours."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
import pytest
from numpy.typing import NDArray
from pydicom.pixels.utils import pixel_array

from covidviewer.phantom.files import RESCALE_INTERCEPT
from covidviewer.phantom.slices import phantom_slice
from installer.smoke.files import LESIONS, SEED, write_one_of_each
from tests.unit.doc_pages import named_syntaxes

LOSSLESS = ("1.2", "1.2.1", "1.2.1.99", "1.2.2", "1.2.5", "1.2.4.57", "1.2.4.70", "1.2.4.80", "1.2.4.90", "1.2.4.201")
RETIRED = {"1.2.840.10008.1.2.4.53", "1.2.840.10008.1.2.4.55"}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {file.stem: file for file in write_one_of_each(tmp_path_factory.mktemp("each"))}


@pytest.fixture(scope="module")
def stored() -> NDArray[np.int64]:
    return phantom_slice(SEED, lesions=LESIONS).values.astype(np.int64) - RESCALE_INTERCEPT


def test_there_is_one_for_each_syntax_of_the_conformance_statement_but_the_retired(files: dict[str, Path]) -> None:
    assert files.keys() == set(named_syntaxes()) - RETIRED


def test_each_is_written_in_the_syntax_that_it_is_named_for(files: dict[str, Path]) -> None:
    assert {name: pydicom.dcmread(file).file_meta.TransferSyntaxUID for name, file in files.items()} == {
        name: name for name in files
    }


@pytest.mark.parametrize("end", LOSSLESS)
def test_lossless_ones_hold_the_phantom(end: str, files: dict[str, Path], stored: NDArray[np.int64]) -> None:
    np.testing.assert_array_equal(pixel_array(pydicom.dcmread(files[f"1.2.840.10008.{end}"])), stored)
