"""The heat map: its colours can be told apart by everybody, and what is chosen in the panel is on the picture."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from covidviewer.imaging.lungs.box import Box
from covidviewer.imaging.lungs.framing import Calibration, Framing
from covidviewer.services.user_files.settings import Settings
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.view.heat_colours import COLOURS, Colour, HeatColours
from covidviewer.ui.view.heat_map import bar_image, heat_image
from covidviewer.ui.view.layers import overlaid
from covidviewer.ui.view.scene import Scene

SIGHTS = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
"""Linear RGB as it is seen: Machado, Oliveira and Fernandes 2009, severity 1."""
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])
JUST_SEEN = 2.3
"""CIE 1976 distance of two colours that can just be told apart side by side (Mahy et al. 1994)."""


def lab(colour: Colour, sight: NDArray[np.float64]) -> NDArray[np.float64]:
    """CIE L*a*b* of a colour as it is seen."""
    share = np.array(colour) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    x, y, z = XYZ @ np.clip(sight @ linear, 0, 1) / WHITE
    f = [np.cbrt(t) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z)]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(first: Colour, second: Colour, sight: NDArray[np.float64]) -> float:
    return float(np.linalg.norm(lab(first, sight) - lab(second, sight)))


@pytest.mark.parametrize(("pair", "sight"), list(itertools.product(COLOURS.values(), SIGHTS.values())))
def test_the_colours_of_a_pair_differ_from_each_other_and_from_every_grey(
    pair: HeatColours, sight: NDArray[np.float64]
) -> None:
    assert apart(pair.raises[0], pair.lowers[0], sight) > 15 * JUST_SEEN
    for colour in (pair.raises[0], pair.lowers[0]):
        assert min(apart(colour, (grey, grey, grey), sight) for grey in range(256)) > 5 * JUST_SEEN


def test_the_map_is_blended_over_the_picture_and_the_picture_below_stays_as_it_was() -> None:
    picture, heat = (QImage(8, 4, form) for form in (QImage.Format.Format_RGB32, QImage.Format.Format_ARGB32))
    picture.fill(QColor(100, 100, 100))
    heat.fill(QColor(200, 40, 0))
    heat.setPixelColor(6, 2, QColor(0, 0, 0, 0))
    scene = Scene(picture=picture, heat=heat, heat_opacity=0.6, show_heat=True)

    def seen(scene: Scene) -> list[tuple[int, int, int]]:
        pixels = [overlaid(picture, scene).pixelColor(x, 2) for x in (1, 6)]
        return [(one.red(), one.green(), one.blue()) for one in pixels]

    left, right = seen(scene)
    assert left == pytest.approx((0.4 * 100 + 0.6 * 200, 0.4 * 100 + 0.6 * 40, 0.4 * 100), abs=1)
    assert right == (100, 100, 100)
    assert picture.pixelColor(1, 2) == QColor(100, 100, 100)
    assert seen(replace(scene, peek=True)) == seen(replace(scene, show_heat=False)) == [(100, 100, 100)] * 2


def framing(lungs: NDArray[np.uint8]) -> Framing:
    """Lungs in a box that is the whole slice."""
    return Framing(Box(0, 0, *map(float, lungs.shape)), lungs, 0.0, 1.0, Calibration.HU)


@pytest.mark.parametrize("pair", list(COLOURS.values()), ids=list(COLOURS))
def test_the_bar_shows_what_the_map_means(pair: HeatColours) -> None:
    heat = np.zeros((7, 7), np.float32)
    heat[:3], heat[4:] = 2.0, -2.0
    image, peak = heat_image(heat, framing(np.ones((112, 112), np.uint8)), pair)
    bar = bar_image(pair)
    assert peak == 2.0
    assert image.pixelColor(50, 0) == bar.pixelColor(0, 0) == QColor(*pair.raises[1])
    assert image.pixelColor(50, 111) == bar.pixelColor(0, 127) == QColor(*pair.lowers[1])
    assert image.pixelColor(50, 56).alpha() == 0


def test_no_colour_lies_outside_of_the_lungs() -> None:
    """Of a map that is hot everywhere, in each pixel of the slice."""
    rows, columns = np.mgrid[:112, :112]
    lungs = ((rows - 50) ** 2 + (columns - 60) ** 2 < 30**2).astype(np.uint8)
    image, _ = heat_image(np.full((7, 7), 3.0, np.float32), framing(lungs), COLOURS["orange-blue"])
    alpha = np.array([[image.pixelColor(column, row).alpha() for column in range(112)] for row in range(112)])
    np.testing.assert_array_equal(alpha > 0, lungs > 0)


def test_the_panel_chooses_colours_and_strength_and_they_are_kept(shown: MainWindow) -> None:
    heat = shown.result_panel.heat
    assert heat.isVisibleTo(shown)
    heat.on_picture.click()
    assert shown.board["heat-map"].isChecked()
    pictures = [picture(shown)]
    heat.colours.setCurrentIndex(heat.colours.findData("purple-green"))
    pictures.append(picture(shown))
    heat.strength.setValue(95)
    pictures.append(picture(shown))
    assert all(one != other for one, other in itertools.combinations(pictures, 2))
    settings = shown.preferences.settings
    assert (settings.heat_map_colours, settings.heat_map_opacity) == ("purple-green", 0.95)
    shown.board["heat-map"].trigger()
    assert not heat.on_picture.isChecked()


def test_every_pair_of_colours_is_one_that_the_settings_allow() -> None:
    assert Settings().heat_map_colours == next(iter(COLOURS))
    check = next(row for row in Settings.__dataclass_fields__.values() if row.name == "heat_map_colours")
    assert [check.metadata["check"](name) for name in COLOURS] == list(COLOURS)


def picture(window: MainWindow) -> QImage:
    return window.view.grab().toImage()
