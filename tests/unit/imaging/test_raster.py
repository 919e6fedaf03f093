"""The picture reader: formats, depths, modes, orientation, pages, limits and damage."""

from __future__ import annotations

import hashlib
import random
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from covidviewer.errors import CovidViewerError, UnreadableFile, UnsupportedImage
from covidviewer.imaging.opening import read_headers, read_slice
from covidviewer.imaging.slices import FileKind, Units

GREYS = np.arange(240, dtype=np.uint8).reshape(12, 20)


@pytest.mark.parametrize(("name", "kind"), [("PNG", FileKind.PNG), ("TIFF", FileKind.TIFF), ("BMP", FileKind.BMP)])
def test_lossless_formats_give_their_greys_back(tmp_path: Path, name: str, kind: FileKind) -> None:
    path = tmp_path / "a"
    Image.fromarray(GREYS).save(path, format=name)
    slice_ = read_slice(path)
    np.testing.assert_array_equal(slice_.values, GREYS)
    assert slice_.values.dtype == np.int16
    assert (slice_.units, slice_.source.kind, slice_.geometry, slice_.spacing_mm) == (Units.GREY, kind, None, None)


@pytest.mark.parametrize(("name", "kind"), [("JPEG", FileKind.JPEG), ("WEBP", FileKind.WEBP)])
def test_lossy_formats_give_nearly_their_greys_back(tmp_path: Path, name: str, kind: FileKind) -> None:
    path = tmp_path / "a"
    Image.fromarray(GREYS).save(path, format=name, quality=98)
    slice_ = read_slice(path)
    assert slice_.source.kind is kind
    assert np.abs(slice_.values - GREYS.astype(int)).max() <= 6


@pytest.mark.parametrize("mode", ["L", "LA", "RGB", "RGBA", "P"])
def test_every_mode_of_the_same_greys_is_the_same_slice(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "a.png"
    picture = Image.fromarray(GREYS).convert(mode)
    if mode.endswith("A"):
        picture.putalpha(Image.fromarray(255 - GREYS))
    picture.save(path)
    np.testing.assert_array_equal(read_slice(path).values, GREYS)


@pytest.mark.parametrize("name", ["PNG", "TIFF"])
def test_sixteen_bit_greys_keep_their_bits(tmp_path: Path, name: str) -> None:
    deep = (np.arange(240, dtype=np.uint16) * 273).reshape(12, 20)
    path = tmp_path / "a"
    Image.fromarray(deep).save(path, format=name)
    slice_ = read_slice(path)
    np.testing.assert_array_equal(slice_.values, deep)
    assert slice_.values.dtype == np.int32


def test_a_float_tiff_keeps_its_values(tmp_path: Path) -> None:
    values = np.array([[-1.5, 2.25], [1e6, 0.0]], dtype=np.float32)
    Image.fromarray(values).save(tmp_path / "a.tif")
    np.testing.assert_array_equal(read_slice(tmp_path / "a.tif").values, values)


@pytest.mark.parametrize(
    ("orientation", "turned"), [(1, GREYS), (3, GREYS[::-1, ::-1]), (6, np.rot90(GREYS, -1)), (8, np.rot90(GREYS))]
)
def test_a_picture_is_turned_as_exif_asks(tmp_path: Path, orientation: int, turned: NDArray[np.uint8]) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "a.png"
    Image.fromarray(GREYS).save(path, exif=exif)
    np.testing.assert_array_equal(read_slice(path).values, turned)
    header = read_headers(path)[0]
    assert (header.rows, header.columns) == turned.shape


def test_the_identity_is_the_hash_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.fromarray(GREYS).save(path)
    expected = "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
    assert read_slice(path).source.identity == read_headers(path)[0].source.identity == expected


def test_each_page_of_a_tiff_is_a_frame(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    pages = [Image.fromarray(np.full((4, 5 + page), 10 * page, np.uint8)) for page in range(3)]
    pages[0].save(path, save_all=True, append_images=pages[1:])
    headers = read_headers(path)
    assert [(header.source.frame, header.columns) for header in headers] == [(0, 5), (1, 6), (2, 7)]
    assert [int(read_slice(path, page).values.max()) for page in range(3)] == [0, 10, 20]
    with pytest.raises(UnreadableFile, match="3 pages"):
        read_slice(path, 3)


def empty_png(columns: int, rows: int) -> bytes:
    """A PNG header that promises much, and no pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">L", len(content)) + name + content + struct.pack(">L", zlib.crc32(name + content))

    header = chunk(b"IHDR", struct.pack(">LLBBBBB", columns, rows, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("columns", "rows"), [(8001, 8000), (10000, 10000), (20000, 20000), (2_000_000, 2_000_000)])
def test_decompression_bombs_are_refused_by_their_header(tmp_path: Path, columns: int, rows: int) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(empty_png(columns, rows))
    for read in (read_headers, read_slice):
        with pytest.raises(UnsupportedImage, match="limit of 64 million"):
            read(path)


def test_one_pixel_is_a_picture(tmp_path: Path) -> None:
    Image.new("L", (1, 1), 77).save(tmp_path / "a.png")
    assert read_slice(tmp_path / "a.png").values.tolist() == [[77]]


@pytest.mark.parametrize("name", ["PNG", "JPEG", "TIFF", "BMP", "WEBP"])
def test_cut_and_damaged_pictures_never_raise_anything_but_one_sentence(tmp_path: Path, name: str) -> None:
    chance = random.Random(5)
    whole = tmp_path / "whole"
    Image.fromarray(GREYS).save(whole, format=name)
    content, path = whole.read_bytes(), tmp_path / "damaged"
    refused = 0
    for _ in range(150):
        damaged = bytearray(content[: chance.randint(1, len(content))])
        for _ in range(chance.randint(0, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged)
        try:
            read_headers(path)
            read_slice(path)
        except CovidViewerError:
            refused += 1
    assert refused > 50
