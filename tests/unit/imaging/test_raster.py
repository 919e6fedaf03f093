"""The picture reader: formats, depths, modes, orientation, pages, limits and damage."""

from __future__ import annotations

import hashlib
import random
import struct
import zlib
from pathlib import Path
from typing import Any

import imagecodecs
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


DEEP = np.random.default_rng(3).integers(0, 2**16, (12, 20), dtype=np.uint16)


def tiff(values: NDArray[Any], order: str = "<", **tags: int) -> bytes:
    """An uncompressed or LZW TIFF of (rows, columns) or (samples, rows, columns), written by struct."""
    planes = values if values.ndim == 3 else values[np.newaxis]
    strips = [plane.astype(plane.dtype.newbyteorder(order)).tobytes() for plane in planes]
    if tags.get("compression") == 5:
        strips = [bytes(imagecodecs.lzw_encode(strip)) for strip in strips]
    count = len(strips)
    kind = {"u": 1, "i": 2, "f": 3}[values.dtype.kind]
    fields = {
        256: (4, [planes.shape[2]]),
        257: (4, [planes.shape[1]]),
        258: (3, [8 * values.itemsize] * count),
        259: (3, [tags.get("compression", 1)]),
        262: (3, [tags.get("photometric", 2 if count > 1 else 1)]),
        273: (4, [0] * count),
        274: (3, [tags.get("orientation", 1)]),
        277: (3, [count]),
        278: (4, [planes.shape[1]]),
        279: (4, [len(strip) for strip in strips]),
        284: (3, [2 if count > 1 else 1]),
        339: (3, [kind] * count),
    }
    extra_at = 8 + 2 + 12 * len(fields) + 4
    room = sum(4 * count for _ in fields)
    starts = np.cumsum([extra_at + room, *map(len, strips)])[:count]
    fields[273] = (4, starts.tolist())
    entries, extra = b"", b""
    for tag, (width, numbers) in sorted(fields.items()):
        content = struct.pack(f"{order}{len(numbers)}{'H' if width == 3 else 'L'}", *numbers)
        place = content.ljust(4, b"\0")
        if len(content) > 4:
            place = struct.pack(order + "L", extra_at + len(extra))
            extra += content
        entries += struct.pack(order + "HHL", tag, width, len(numbers)) + place
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "LH", 8, len(fields))
    return head + entries + bytes(4) + extra.ljust(room, b"\0") + b"".join(strips)


@pytest.mark.parametrize("compression", [1, 5])
@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("kind", ["u1", "i1", "u2", "i2", "u4", "i4", "f4", "f8"])
def test_a_tiff_of_any_sample_format_and_byte_order_keeps_its_values(
    tmp_path: Path, kind: str, order: str, compression: int
) -> None:
    dtype = np.dtype(kind)
    values = np.random.default_rng(2).integers(-(2**30), 2**30, (9, 7)).astype(dtype)
    values[0, 0] = -1.5 if dtype.kind == "f" else np.iinfo(dtype).max
    values[0, 1] = 0 if dtype.kind == "f" else np.iinfo(dtype).min
    path = tmp_path / "a.tif"
    path.write_bytes(tiff(values, order, compression=compression))
    slice_ = read_slice(path)
    np.testing.assert_array_equal(slice_.values, values.astype(slice_.values.dtype))
    assert slice_.values.dtype != np.float32 or dtype.kind == "f" or dtype == np.uint32


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("photometric", [0, 1])
def test_a_tiff_is_turned_as_its_orientation_asks_and_black_is_zero(
    tmp_path: Path, orientation: int, photometric: int
) -> None:
    across = DEEP.T if orientation > 4 else DEEP
    turned = {
        1: across,
        2: across[:, ::-1],
        3: across[::-1, ::-1],
        4: across[::-1],
        5: across,
        6: across[:, ::-1],
        7: across[::-1, ::-1],
        8: across[::-1],
    }[orientation]
    path = tmp_path / "a.tif"
    stored = DEEP if photometric else 65535 - DEEP
    path.write_bytes(tiff(stored, orientation=orientation, photometric=photometric))
    np.testing.assert_array_equal(read_slice(path).values, turned)
    header = read_headers(path)[0]
    assert (header.rows, header.columns) == turned.shape


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_palette_tiff_is_turned_once(tmp_path: Path, orientation: int) -> None:
    path = tmp_path / "a.tif"
    picture = Image.fromarray(GREYS).convert("P", palette=Image.Palette.ADAPTIVE, colors=256)
    shown = np.asarray(picture.convert("L"))
    picture.save(path, tiffinfo={0x0112: orientation})
    turned = {1: shown, 3: shown[::-1, ::-1], 6: np.rot90(shown, -1), 8: np.rot90(shown)}[orientation]
    np.testing.assert_array_equal(read_slice(path).values, turned)
    assert (read_headers(path)[0].rows, read_headers(path)[0].columns) == turned.shape


def test_planes_of_a_deep_colour_tiff_keep_their_bits(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    path.write_bytes(tiff(np.stack([DEEP] * 3)))
    np.testing.assert_array_equal(read_slice(path).values, DEEP)


@pytest.mark.parametrize("samples", [1, 2, 3, 4])
def test_a_deep_png_keeps_its_bits_beside_alpha_and_colour(tmp_path: Path, samples: int) -> None:
    pixels = np.repeat(DEEP[..., np.newaxis], samples, axis=2)
    if samples in (2, 4):
        pixels[..., -1] = 65535 - DEEP
    path = tmp_path / "a.png"
    path.write_bytes(imagecodecs.png_encode(pixels[..., 0] if samples == 1 else pixels))
    np.testing.assert_array_equal(read_slice(path).values, DEEP)


def test_a_png_with_too_few_rows_is_refused(tmp_path: Path) -> None:
    whole = empty_png(64, 64)
    rows = zlib.compress(bytes(10 * 65))
    chunk = struct.pack(">L", len(rows)) + b"IDAT" + rows + struct.pack(">L", zlib.crc32(b"IDAT" + rows))
    (tmp_path / "a.png").write_bytes(whole[:33] + chunk + whole[-12:])
    with pytest.raises(UnreadableFile, match="damaged or truncated"):
        read_slice(tmp_path / "a.png")


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("kept", [0.0, 0.3, 0.9])
def test_a_jpeg_that_ends_before_its_last_block_is_refused(tmp_path: Path, kept: float, progressive: bool) -> None:
    path = tmp_path / "a.jpg"
    noise = np.random.default_rng(4).integers(0, 256, (64, 64), dtype=np.uint8)
    Image.fromarray(noise).save(path, format="JPEG", progressive=progressive)
    whole = path.read_bytes()
    assert read_slice(path).rows == 64
    scan = (whole.rfind(b"\xff\xda") if progressive else whole.find(b"\xff\xda")) + 10
    path.write_bytes(whole[: scan + int(kept * (len(whole) - 2 - scan))] + whole[-2:])
    with pytest.raises(UnreadableFile, match="damaged or truncated"):
        read_slice(path)


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
