"""The figures of `services.formatting` in the language of the window: with its decimal sign.

Reports and the command line are English and take them from there.
"""

from __future__ import annotations

from collections.abc import Callable

from covidviewer.services import formatting
from covidviewer.ui.translation import with_decimal_sign

MINUS = formatting.MINUS


def localised[**P](figure: Callable[P, str]) -> Callable[P, str]:
    """A function whose figures have the decimal sign of the chosen language."""

    def said(*arguments: P.args, **named: P.kwargs) -> str:
        return with_decimal_sign(figure(*arguments, **named))

    return said


count = formatting.count
grey = localised(formatting.grey)
hounsfield = localised(formatting.hounsfield)
millimetres = localised(formatting.millimetres)
milliseconds = localised(formatting.milliseconds)
percent = localised(formatting.percent)
signed = localised(formatting.signed)
square_millimetres = localised(formatting.square_millimetres)
