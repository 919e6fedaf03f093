"""The README's speed table, from the results files: a column for each kind of processor that was measured."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.record import RESULTS, arithmetic, markdown

README = Path(__file__).resolve().parents[2] / "README.md"
BEGIN, END = "<!-- speed:begin -->", "<!-- speed:end -->"


def run(_: argparse.Namespace) -> int:
    """Put the table between the README's markers."""
    text = README.read_text(encoding="utf-8")
    README.write_text(renewed(text, speed_tables()), encoding="utf-8")
    return 0


def speed_tables(folder: Path = RESULTS) -> str:
    """Both tables: a slice through every engine, and the program as a whole."""
    whole = whole_table(*(results(name, folder) for name in ("startup", "cold", "memory", "series", "batch")))
    return "\n\n".join(filter(None, (speed_table(results("engines", folder)), whole)))


def results(benchmark: str, folder: Path = RESULTS) -> list[dict[str, Any]]:
    """The contents of one benchmark's results files, by file name."""
    return [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob(f"{benchmark}-*.json"))]


def speed_table(found: Sequence[dict[str, Any]]) -> str:
    """Engines down, processors across; each cell "one slice / of sixteen". A sentence when nothing was measured yet."""
    if not found:
        return "Not measured yet."
    cells = {
        (row["name"], column): f"{row['median_ms']:.1f} / {row['sixteen']['median_ms']:.1f}"
        for column, content in enumerate(found)
        for row in content["engines"]
    }
    names = list(dict.fromkeys(name for name, _ in cells))
    header = ["one slice / of sixteen", *(heading(content["computer"]) for content in found)]
    rows = [[bold(name), *(bold(cells.get((name, c), "-"), name) for c in range(len(found)))] for name in names]
    return markdown([header, *rows])


FRAMES = (
    ("scrolling", "scroll_p95_ms"),
    ("window and level", "window_p95_ms"),
    ("4k with heat map", "large_p95_ms"),
    ("three planes", "planes_p95_ms"),
)


def whole_table(
    startup: Sequence[dict[str, Any]],
    cold: Sequence[dict[str, Any]],
    memory: Sequence[dict[str, Any]],
    series: Sequence[dict[str, Any]],
    batch: Sequence[dict[str, Any]],
) -> str:
    """What a person waits for, processors across; '' when nothing was measured yet."""
    columns: dict[str, dict[str, str]] = {}

    def say(content: dict[str, Any], row: str, words: str) -> None:
        columns.setdefault(heading(content["computer"]), {})[row] = words

    for content in startup:
        bare, ours = (timing["median_ms"] for timing in content["timings"])
        say(content, "first paint, against a bare Qt window's", f"{ours:.0f} ms, {ours / bare:.1f} times as long")
    for content in cold:
        script, *ours = content["timings"]
        for timing in ours:
            times = script["median_ms"] / timing["median_ms"]
            row = f"one slice from the terminal, {timing['name'].partition(', ')[2]}, against the shortest Keras script"
            say(content, row, f"{timing['median_ms']:.0f} ms, {times:.0f} times faster")
    for content in memory:
        *alone, both = (row["sixteen_mb"] for row in content["engines"].values())
        words = f"{both:.0f} MB; {', '.join(f'{one:.0f}' for one in alone)} alone"
        say(content, "memory with both engines loaded; with LiteRT, OpenVINO", words)
    for content in series:
        name = f"series of {content['slices']} slices of {content['size']} x {content['size']}"
        first, whole = content["first_picture_ms"], content["covidviewer_ms"]
        against = f"{first / content['pydicom_ms']:.1f} times as long as pydicom with that file"
        say(content, f"{name}: first picture", f"{first:.0f} ms, {against}")
        itk = f"{whole / content['simpleitk_ms']:.1f} times as long as SimpleITK's reader"
        say(content, f"{name}: folder to values, without the window", f"{whole / 1000:.1f} s, {itk}")
        say(content, f"{name}: all read in the window", f"{content['all_read_ms'] / 1000:.1f} s")
        for words, key in FRAMES:
            say(content, f"{name}: {words}, 95 of 100 frames", f"{content[key]:.0f} ms")
        say(content, f"{name}: memory of the program", f"{content['rss_mb']:.0f} MB")
    for content in batch:
        bare, keras = content["bare_rate"], content["keras_rate"]
        for name, rate in content["rates"].items():
            say(content, f"folder of {name}, a second; of the network alone", f"{rate:.0f}; {rate / bare:.0%}")
        times = content["rates"]["pictures"] / keras
        say(content, "folder of pictures, against the obvious Keras script", f"{times:.0f} times faster")
    if not columns:
        return ""
    rows = list(dict.fromkeys(row for cells in columns.values() for row in cells))
    return markdown([["", *columns], *([row, *(cells.get(row, "-") for cells in columns.values())] for row in rows)])


def heading(computer: dict[str, Any]) -> str:
    """A processor's column."""
    cores = computer["physical_cores"]
    return (
        f"{computer['processor']}, {arithmetic(computer['instruction_sets'])}, {cores} core{'s' if cores > 1 else ''}"
    )


def bold(text: str, name: str = "") -> str:
    """The program's own row stands out."""
    return f"**{text}**" if "CovidViewer" in (text, name) else text


def renewed(text: str, table: str) -> str:
    """`text` with `table` between the markers. Raises ValueError when they are missing."""
    before, rest = text.split(BEGIN, 1)
    return f"{before}{BEGIN}\n{table}\n{END}{rest.split(END, 1)[1]}"
