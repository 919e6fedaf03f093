"""The icon in the forms that systems want, read by Pillow."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from installer import icons


def test_a_png_is_the_drawing_on_nothing() -> None:
    picture = np.asarray(Image.open(BytesIO(icons.png(64))))
    assert picture.shape == (64, 64, 4)
    assert picture[0, 0, 3] == 0
    assert tuple(picture[4, 32]) == (0x17, 0x19, 0x1D, 255)


def test_windows_finds_every_size_in_one_file(tmp_path: Path) -> None:
    with Image.open(icons.write_ico(tmp_path / "a.ico")) as picture:
        assert {side for side, _ in picture.info["sizes"]} == set(icons.ICO_SIDES)


def test_macos_finds_large_and_small_ones(tmp_path: Path) -> None:
    with Image.open(icons.write_icns(tmp_path / "a.icns")) as picture:
        assert {32, 128, 256, 512} <= {size[0] * size[2] for size in picture.info["sizes"]}
