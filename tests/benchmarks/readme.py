"""The README's speed table, from the results files: a column for each kind of processor that was measured."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
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
    return "\n\n".join(filter(None, (speed_table(results("engines", folder)), whole_table(folder))))


def results(benchmark: str, folder: Path = RESULTS) -> list[dict[str, Any]]:
    """The contents of one benchmark's results files, by file name."""
    return [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob(f"{benchmark}-*.json"))]


def speed_table(found: Sequence[dict[str, Any]]) -> str:
    """Engines down, processors across; each cell "one slice / of sixteen"; last the model that was measured.

    A sentence when nothing was measured yet.
    """
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
    models = ["*with the model*", *(content["model"] for content in found)]
    return markdown([header, *rows, models])


FRAMES = (
    ("scrolling", "scroll_p95_ms"),
    ("window and level", "window_p95_ms"),
    ("4k with heat map", "large_p95_ms"),
    ("three planes", "planes_p95_ms"),
)


Content = Mapping[str, Any]
Rows = Iterator[tuple[str, str]]


def startup_rows(content: Content) -> Rows:
    """The empty window."""
    bare, ours = (timing["median_ms"] for timing in content["timings"])
    yield "first paint, against a bare Qt window's", f"{ours:.0f} ms, {ours / bare:.1f} times as long"


def cold_rows(content: Content) -> Rows:
    """One picture from the terminal."""
    script, *ours = content["timings"]
    for timing in ours:
        row = f"one slice from the terminal, {timing['name'].partition(', ')[2]}, against the shortest Keras script"
        yield row, f"{timing['median_ms']:.0f} ms, {script['median_ms'] / timing['median_ms']:.0f} times faster"


def memory_rows(content: Content) -> Rows:
    """What engines take."""
    *alone, both = (row["sixteen_mb"] for row in content["engines"].values())
    words = f"{both:.0f} MB; {', '.join(f'{one:.0f}' for one in alone)} alone"
    yield "memory with both engines loaded; with LiteRT, OpenVINO", words


def series_rows(content: Content) -> Rows:
    """A series in the window."""
    name = f"series of {content['slices']} slices of {content['size']} x {content['size']}"
    first, whole = content["first_picture_ms"], content["covidviewer_ms"]
    against = f"{first / content['pydicom_ms']:.1f} times as long as pydicom with that file"
    yield f"{name}: first picture", f"{first:.0f} ms, {against}"
    itk = f"{whole / content['simpleitk_ms']:.1f} times as long as SimpleITK's reader"
    yield f"{name}: folder to values, without the window", f"{whole / 1000:.1f} s, {itk}"
    yield f"{name}: all read in the window", f"{content['all_read_ms'] / 1000:.1f} s"
    for words, key in FRAMES:
        yield f"{name}: {words}, 95 of 100 frames", f"{content[key]:.0f} ms"
    yield f"{name}: memory of the program", f"{content['rss_mb']:.0f} MB"


def decoding_rows(content: Content) -> Rows:
    """Compressed series."""
    for codec, took in content["median_ms"].items():
        row = f"{content['slices']} slices of {codec}: all cores, against one thread"
        yield row, f"{took['one thread'] / took['all cores']:.1f} times faster"


def long_rows(content: Content) -> Rows:
    """A series that is larger than the memory allowed for it."""
    grown = content["scrolled_mb"] - content["before_mb"]
    name = f"scrolling through {content['slices']:,} slices, {content['cache_mb']} MB allowed: memory they take"
    yield name, f"{grown:.0f} MB"


def batch_rows(content: Content) -> Rows:
    """Folders."""
    bare, keras = content["bare_rate"], content["keras_rate"]
    for name, rate in content["rates"].items():
        yield f"folder of {name}, a second; of the network alone", f"{rate:.0f}; {rate / bare:.0%}"
    times = content["rates"]["pictures"] / keras
    yield "folder of pictures, against the obvious Keras script", f"{times:.0f} times faster"


WHOLE: dict[str, Callable[[Content], Rows]] = {
    "startup": startup_rows,
    "cold": cold_rows,
    "memory": memory_rows,
    "series": series_rows,
    "decoding": decoding_rows,
    "long": long_rows,
    "batch": batch_rows,
}


def whole_table(folder: Path) -> str:
    """What a person waits for, processors across; '' when nothing was measured yet."""
    cells = {
        (row, heading(content["computer"])): words
        for benchmark, rows_of in WHOLE.items()
        for content in results(benchmark, folder)
        for row, words in rows_of(content)
    }
    if not cells:
        return ""
    rows, columns = dict.fromkeys(row for row, _ in cells), dict.fromkeys(column for _, column in cells)
    return markdown([["", *columns], *([row, *(cells.get((row, column), "-") for column in columns)] for row in rows)])


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
