"""Slider and chart paint only the marks that a part of them shows, and paint that part as a whole one would."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from covidviewer.ui.panels.series_chart import SeriesChart
from covidviewer.ui.panels.slice_slider import SliceSlider
from covidviewer.ui.theme.look import Look

SIZE = (331, 120)


class Counting(dict[int, Any]):
    """Results that count how often they are asked for."""

    asked = 0

    def get(self, key: Any, default: Any = None) -> Any:
        """As a dict."""
        self.asked += 1
        return super().get(key, default)


def results(count: int) -> Counting:
    """Scores, refusals and gaps."""
    return Counting({
        index: SimpleNamespace(
            p_covid=None if index % 7 == 3 else index % 11 / 11,
            opacity=None if index % 13 == 5 else SimpleNamespace(share=index % 5 / 9),
        )
        for index in range(count) if index % 17 != 2
    })  # fmt: skip


def made(kind: str, look: Look, found: Counting, count: int) -> Any:
    """A slider or a chart of a series."""
    widget: Any = SliceSlider(look) if kind == "slider" else SeriesChart(look)
    if kind == "slider":
        widget.show_series(count, 5, found, {0, 4, count - 1})
    else:
        widget.show_series(count, 5, found, 0.5)
    return widget


def painted(widget: QWidget, part: QRect) -> QImage:
    """A part, painted by itself."""
    image = QImage(part.size(), QImage.Format.Format_RGB32)
    image.fill(0)
    widget.render(image, QPoint(), QRegion(part))
    return image


@pytest.mark.parametrize("kind", ["slider", "chart"])
@pytest.mark.parametrize("count", [1, 9, 60, 3000])
def test_every_part_is_painted_as_it_is_in_the_whole(kind: str, count: int, look: Look, qtbot: QtBot) -> None:
    widget = made(kind, look, results(count), count)
    qtbot.addWidget(widget)
    widget.resize(*SIZE)
    whole = painted(widget, widget.rect())
    for left in range(0, SIZE[0] - 20, 13):
        part = QRect(left, 0, 20, widget.height())
        assert painted(widget, part) == whole.copy(part), left


@pytest.mark.parametrize("kind", ["slider", "chart"])
def test_another_slice_costs_the_marks_around_it_and_not_the_series(kind: str, look: Look, qtbot: QtBot) -> None:
    found = results(3000)
    widget = made(kind, look, found, 3000)
    qtbot.addWidget(widget)
    widget.resize(1200, SIZE[1])
    widget.show()
    qtbot.waitExposed(widget)
    qtbot.wait(20)
    found.asked = 0
    if kind == "slider":
        widget.setValue(6)
    else:
        widget.show_series(3000, 6, found, 0.5)
    qtbot.waitUntil(lambda: found.asked > 0)
    assert found.asked < 300
