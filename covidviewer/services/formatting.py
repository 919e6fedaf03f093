"""Numbers for people: the one place that says how many digits each kind of number has."""

from __future__ import annotations

import math

MINUS, SPACE, UNKNOWN = "\u2212", "\u00a0", "\u2013"


def percent(share: float | None) -> str:
    """A share 0..1 in whole percent; never a flattering 0 or 100 % for what is not exactly that."""
    if share is None or not math.isfinite(share):
        return UNKNOWN
    if 0 < share < 0.01:
        return f"< 1{SPACE}%"
    if 0.99 < share < 1:
        return f"> 99{SPACE}%"
    return f"{share * 100:.0f}{SPACE}%"


def hounsfield(value: float | None) -> str:
    """Hounsfield units, whole: "−612 HU"."""
    return UNKNOWN if value is None or not math.isfinite(value) else f"{signed(value, 0)}{SPACE}HU"


def grey(value: float | None) -> str:
    """A grey level of an unknown window: whole where it is whole, else with two digits."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    return signed(value, 0 if float(value).is_integer() else 2)


def millimetres(length: float | None) -> str:
    """A length: two digits below 10 mm, one above."""
    if length is None or not math.isfinite(length):
        return UNKNOWN
    return f"{signed(length, 2 if abs(length) < 10 else 1)}{SPACE}mm"


def square_millimetres(area: float | None) -> str:
    """An area: mm² below 100, else cm² with one digit."""
    if area is None or not math.isfinite(area):
        return UNKNOWN
    return f"{area:.1f}{SPACE}mm²" if area < 100 else f"{area / 100:.1f}{SPACE}cm²"


def milliseconds(duration: float | None) -> str:
    """A duration given in ms: "0.8 ms", "12 ms", "1.4 s", "2 min 5 s"."""
    if duration is None or not math.isfinite(duration):
        return UNKNOWN
    if duration < 10:
        return f"{duration:.1f}{SPACE}ms"
    if duration < 999.5:
        return f"{duration:.0f}{SPACE}ms"
    if duration < 59_950:
        return f"{duration / 1000:.1f}{SPACE}s"
    minutes, seconds = divmod(round(duration / 1000), 60)
    return f"{minutes}{SPACE}min {seconds}{SPACE}s"


def megabytes(size_bytes: float | None) -> str:
    """A size in 10^6 bytes: "0.4 MB", "43 MB", "1.2 GB"."""
    if size_bytes is None or not math.isfinite(size_bytes):
        return UNKNOWN
    size = size_bytes / 1e6
    if size >= 999.5:
        return f"{size / 1000:.1f}{SPACE}GB"
    return f"{size:.0f}{SPACE}MB" if size >= 9.95 else f"{size:.1f}{SPACE}MB"


def count(number: int, one: str, many: str) -> str:
    """ "1 file", "3 files"."""
    return f"{number:,} {one if number == 1 else many}".replace(",", SPACE)


def signed(value: float, digits: int) -> str:
    """A number with a true minus sign, and no "−0"."""
    text = f"{value:.{digits}f}"
    if float(text) == 0:
        text = f"{0:.{digits}f}"
    return text.replace("-", MINUS)
