"""Reports of a slice or a series as values: words, figures, pictures. Nothing of HTML, PDF or windows.

A report names files and holds no text of a patient's header.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from covidviewer import __version__
from covidviewer.disclaimer import LIMIT_SENTENCE
from covidviewer.inference.card_text import AT_THRESHOLD, card_rows, outside_sentence
from covidviewer.inference.engines.names import ENGINE_NAMES
from covidviewer.inference.results import Outcome, Result
from covidviewer.inference.training_parts import SENTENCES
from covidviewer.services.formatting import millimetres, milliseconds, percent
from covidviewer.services.report.pictures import Picture, bars, slice_pictures
from covidviewer.services.series_score import SERIES_RULE, series_score

if TYPE_CHECKING:
    from covidviewer.imaging.lungs.opacity import Opacity
    from covidviewer.imaging.slices import Series, Slice, SliceHeader
    from covidviewer.inference.card import ModelCard

SOFTWARE: Final = f"CovidViewer {__version__}"
HIGHEST_SCORING: Final = 5
"""Slices of a series or a batch that are shown with their pictures."""
MOST_ROWS: Final = 500


@dataclass(frozen=True)
class Section:
    """A part of a report: any of a large figure, sentences, pictures, named facts, and a table with a head."""

    title: str
    large: str = ""
    words: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Report:
    """Title, a line below it, and the parts."""

    title: str
    lead: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, eq=False)
class ScoredSlice:
    """A slice with its result and the name that people know it by."""

    name: str
    slice: Slice
    result: Result


def slice_report(one: ScoredSlice, card: ModelCard, made: datetime) -> Report:
    """The report of one slice. Reads its file once more, for the hash."""
    return Report(
        f"Slice report: {one.name}",
        lead(made),
        (
            *slice_sections(one, card),
            Section("What the score can tell", words=(LIMIT_SENTENCE,)),
            Section("Where it comes from", facts=tuple(origin(one.slice))),
            Section("How it was computed", facts=tuple(computed(one.result))),
            card_section(card),
        ),
    )


def series_report(
    series: Series,
    results: Mapping[int, Result],
    card: ModelCard,
    made: datetime,
    read: Callable[[int], Slice] | None = None,
) -> Report:
    """The report of a series.

    Parameters
    ----------
    results
        By slice index; slices that were not analysed have none.
    read
        Reads a slice for its pictures; None: from the series' files. Raises `UnreadableFile` or `UnsupportedImage`.
    """
    scores = {index: result.p_covid for index, result in results.items() if result.p_covid is not None}
    highest_scoring = sorted(scores, key=lambda index: (-scores[index], index))[:HIGHEST_SCORING]
    refused = Counter(result.reason for result in results.values() if result.p_covid is None)
    total = series_score(list(scores.values()))
    parts = [
        Section(
            "Series",
            large=percent(total) if total is not None else "",
            words=(SERIES_RULE, LIMIT_SENTENCE),
            facts=(
                ("Slices", f"{len(series)}, {len(results)} of them analysed, {len(scores)} scored"),
                (AT_THRESHOLD, f"{sum(p >= card.threshold for p in scores.values())} slices"),
                *(("Without a score", f"{slices}: {reason}") for reason, slices in refused.most_common()),
            ),
            pictures=(
                bars(
                    "Score of each slice, in order; the line is the card's threshold, grey means no score",
                    [scores.get(index) for index in range(len(series))],
                    1.0,
                    card.threshold,
                ),
            ),
        )
    ]
    read = read or series.read_slice
    for index in highest_scoring:
        one = ScoredSlice(f"Slice {index + 1}", read(index), results[index])
        parts += slice_sections(one, card)
    rows = [slice_row(index, header, results.get(index)) for index, header in enumerate(series.headers[:MOST_ROWS])]
    rest = len(series) - len(rows)
    parts.append(
        Section(
            "All slices",
            words=(f"And {rest} more.",) if rest > 0 else (),
            head=("Slice", "File", "Score", "Reason", "SHA-256, first 16 digits"),
            rows=tuple(rows),
        )
    )
    if results:
        parts.append(Section("How it was computed", facts=tuple(computed(next(iter(results.values()))))))
    return Report(f"Series report: {series.title}", lead(made), (*parts, card_section(card)))


def now() -> datetime:
    """The time that a report is made at, in the computer's zone."""
    return datetime.now().astimezone()


def lead(made: datetime) -> str:
    """By what, and when, it was made."""
    return f"{SOFTWARE}, {made:%Y-%m-%d %H:%M %Z}".strip()


def slice_sections(one: ScoredSlice, card: ModelCard) -> list[Section]:
    """The verdict on one slice with its pictures."""
    result = one.result
    pictures = slice_pictures(one.slice, result)
    if result.p_covid is None:
        words: tuple[str, ...] = (f"No score: {result.reason}",)
        return [Section(one.name, words=words, pictures=pictures, facts=tuple(measured(result)))]
    sentences = (
        f"COVID-19 likeness: {card.band_word(result.p_covid)}",
        outside_sentence(card, result.p_covid),
        SENTENCES[result.training_set] if result.training_set else "",
    )
    return [
        Section(
            one.name,
            large=percent(result.p_covid),
            words=tuple(words for words in sentences if words),
            pictures=pictures,
            facts=tuple(measured(result)),
        )
    ]


def measured(result: Result) -> list[tuple[str, str]]:
    """Gate and opacity."""
    facts = [("Gate", input_check_text(result))]
    if result.opacity is not None:
        facts.append(("Opacified area", opacity_text(result.opacity)))
    return facts


def input_check_text(result: Result) -> str:
    """What the detector said of the slice."""
    if result.outcome is not Outcome.SCORED:
        return f"refused: {result.reason}"
    return f"passed; distance from the training slices {result.ood_score or 0:.2f} (limit 1.00)"


def opacity_text(opacity: Opacity) -> str:
    """The share in words; an area, never a severity."""
    estimated = ", estimated" if opacity.calibration == "estimated" else ""
    return f"{percent(opacity.share)} of the lung area on this slice{estimated}; an area, not a measure of severity"


def origin(slice_: Slice) -> list[tuple[str, str]]:
    """File, format, size, hash."""
    source = slice_.source
    facts = [("File", source.path.name)]
    if source.frame:
        facts.append(("Frame", str(source.frame + 1)))
    facts.append(("Format", f"{source.kind.value}, {slice_.columns} x {slice_.rows} pixels"))
    if slice_.spacing_mm:
        facts.append(("Pixel spacing", " x ".join(millimetres(length) for length in slice_.spacing_mm)))
    return [*facts, ("SHA-256 of the file", hash_of(source.path))]


def computed(result: Result) -> list[tuple[str, str]]:
    """Software, model, engine."""
    facts = [("Software", SOFTWARE), ("Model", result.model_version)]
    if result.device:
        engine = ENGINE_NAMES.get(result.engine, result.engine)
        facts.append(("Computed by", f"{engine}, {result.device}, {milliseconds(result.milliseconds)}"))
    return [(name, value) for name, value in facts if value]


def card_section(card: ModelCard) -> Section:
    """What the card says of the model."""
    return Section("Model card", facts=tuple(card_rows(card)))


def slice_row(index: int, header: SliceHeader, result: Result | None) -> tuple[str, ...]:
    """One slice of the table of a series."""
    score = percent(result.p_covid) if result is not None and result.p_covid is not None else ""
    reason = result.reason if result is not None else "not analysed"
    return str(index + 1), header.source.path.name, score, reason, hash_of(header.source.path)[:16]


def hash_of(path: Path) -> str:
    """SHA-256 of a file in hex, or a dash where it cannot be read any more."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "–"
