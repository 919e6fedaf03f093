"""Work in decoder processes: values come back as they are, and what crashes, hangs or swallows memory costs itself."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
from PIL import Image
from pydicom import uid
from pydicom.encaps import encapsulate

from covidviewer.errors import DeviceUnavailable, UnreadableFile
from covidviewer.imaging.decoder_process import CRASHED
from covidviewer.imaging.dicom.tags import read_tags
from covidviewer.imaging.opening import read_headers, read_slice
from covidviewer.imaging.outside import decoder_processes
from covidviewer.imaging.reader_pool import ReaderPool
from covidviewer.phantom.files import phantom_dataset, write_phantom_png
from covidviewer.phantom.slices import phantom_slice

POSIX = pytest.mark.skipif(os.name != "posix", reason="only on POSIX systems")


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    pool = ReaderPool(1, 200_000_000)
    yield pool
    pool.close()


def processes() -> int:
    return len(multiprocessing.active_children())


def never() -> bool:
    return False


def called(pool: ReaderPool, function: object, *arguments: object, seconds: float = 5) -> object:
    return pool.call(function, *arguments, seconds=seconds, cancelled=never)  # type: ignore[arg-type]


def crash() -> None:
    os.abort()


def spin() -> None:
    while True:
        pass


def swallow() -> int:
    return len(bytes(2**30))


def refuse(path: str) -> None:
    raise UnreadableFile("“{path}” is damaged.", path=path)


def fail() -> None:
    raise ZeroDivisionError


def doubled(values: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> object:
    return values * 2


def test_arrays_come_back_as_they_are_and_can_be_written_to(pool: ReaderPool) -> None:
    values = np.arange(3_000_000).reshape(1000, 3000)
    answer = called(pool, doubled, values)
    assert isinstance(answer, np.ndarray)
    np.testing.assert_array_equal(answer, values * 2)
    assert answer.flags.writeable


@pytest.mark.slow
@POSIX
def test_what_a_job_does_to_its_process_costs_that_job_alone(pool: ReaderPool) -> None:
    sentences = []
    for job in (crash, swallow, fail, spin):
        with pytest.raises(UnreadableFile) as caught:
            called(pool, job, seconds=1)
        sentences.append(str(caught.value))
        assert called(pool, abs, -3) == 3
    assert sentences[0] == CRASHED
    assert sentences[2] == "The file cannot be read: it is damaged."
    assert sentences[3] == "The file could not be read within 1 seconds."
    if sys.platform == "linux":
        assert "MB of memory" in sentences[1]


def test_a_refusal_keeps_its_template_and_fields_whatever_they_hold(pool: ReaderPool) -> None:
    with pytest.raises(UnreadableFile) as caught:
        called(pool, refuse, "{odd} name")
    assert (caught.value.template, caught.value.fields) == ("“{path}” is damaged.", {"path": "{odd} name"})


def test_a_job_is_cancelled_at_once(pool: ReaderPool) -> None:
    begun = time.monotonic()
    with pytest.raises(UnreadableFile, match="cancelled"):
        pool.call(spin, seconds=60, cancelled=lambda: time.monotonic() - begun > 0.5)
    assert called(pool, abs, -3) == 3


def test_processes_that_were_cancelled_while_they_started_are_started_again() -> None:
    pool = ReaderPool(1, 200_000_000)
    for _ in range(4):
        with pytest.raises(UnreadableFile, match="cancelled"):
            pool.call(abs, -3, seconds=5, cancelled=lambda: bool(pool._all[0].exists))
    assert called(pool, abs, -3) == 3
    pool.close()


def test_a_closed_pool_starts_no_process() -> None:
    pool = ReaderPool(1, 200_000_000)
    assert called(pool, abs, -3) == 3
    before = processes()
    pool.close()
    with pytest.raises(UnreadableFile, match="cancelled"):
        called(pool, abs, -3)
    assert processes() < before


def test_expecting_files_while_every_process_is_taken_or_none_can_be_started_is_harmless(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pool = ReaderPool(1, 200_000_000)
    monkeypatch.setattr(pool, "_idle", [])
    pool.expect()
    monkeypatch.undo()

    def refused() -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(pool._all[0], "start", refused)
    pool.expect()
    with pytest.raises(DeviceUnavailable, match="No process could be started"):
        called(pool, abs, -3)
    pool.close()


def test_a_strange_picture_is_read_outside_as_it_is_here(tmp_path: Path) -> None:
    path = tmp_path / "a.bmp"
    Image.fromarray(np.arange(96 * 96, dtype=np.uint16).reshape(96, 96).astype(np.uint8)).save(path)
    here = read_slice(path), read_headers(path)
    before = processes()
    with decoder_processes():
        outside = read_slice(path), read_headers(path)
        assert processes() > before
    assert processes() == before
    np.testing.assert_array_equal(outside[0].values, here[0].values)
    assert not outside[0].values.flags.writeable
    assert outside[1] == here[1]


def test_a_jpeg_2000_frame_is_decoded_outside_and_an_ordinary_file_here(tmp_path: Path) -> None:
    plain, png, coded = tmp_path / "plain.dcm", tmp_path / "a.png", tmp_path / "coded.dcm"
    dataset = phantom_dataset(phantom_slice(2, size=96), seed=2)
    dataset.save_as(plain, enforce_file_format=True)
    write_phantom_png(png, phantom_slice(2, size=96))
    dataset.file_meta.TransferSyntaxUID = uid.JPEG2000Lossless
    stored = np.frombuffer(dataset.PixelData, "<u2").reshape(96, 96)
    dataset.PixelData = encapsulate([bytes(imagecodecs.jpeg2k_encode(stored, level=0, codecformat="j2k"))])
    dataset.save_as(coded, enforce_file_format=True)
    before = processes()
    with decoder_processes():
        for path in (plain, png):
            assert (read_headers(path)[0].rows, read_slice(path).rows) == (96, 96)
        assert processes() == before
        assert read_headers(coded)[0].rows == 96
        assert processes() > before  # it starts while further headers are read
        np.testing.assert_array_equal(read_slice(coded).values, read_slice(plain).values)


def test_the_tags_of_a_deflated_file_are_read_outside(tmp_path: Path) -> None:
    path = tmp_path / "deflated.dcm"
    dataset = phantom_dataset(phantom_slice(2, size=96), seed=2)
    dataset.file_meta.TransferSyntaxUID = uid.DeflatedExplicitVRLittleEndian
    dataset.save_as(path, enforce_file_format=True)
    before = processes()
    with decoder_processes():
        tags = {tag.name: tag.value for tag in read_tags(path, patient=True)}
        assert processes() > before
    assert tags["Patient ID"] == "PHANTOM-2"
