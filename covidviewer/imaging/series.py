"""From loose slice headers to series: what belongs together, in which order, and what is odd about it.

Knows headers and nothing of files or pixels.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from covidviewer.errors import Sentence
from covidviewer.imaging.slices import FileKind, Series, Slice, SliceHeader
from covidviewer.imaging.spacing import distances_mm, regular_spacing, spacing_notes
from covidviewer.texts import N_

ReadSlice = Callable[[SliceHeader], Slice]

POSITION_TOLERANCE_MM = 0.01
_SAME_DIRECTION = 0.9998
"""Cosine of 1.1 degrees: less is another orientation."""
_SAME_SPACING = 0.001


@dataclass(frozen=True)
class Group:
    """Headers of one series in display order."""

    title: str
    headers: tuple[SliceHeader, ...]
    notes: tuple[str, ...] = ()


def build_series(headers: Iterable[SliceHeader], read: ReadSlice) -> tuple[Series, ...]:
    """Group and order headers; each series decodes its slices by `read` when asked.

    Parameters
    ----------
    headers
        In any order, of any files.
    read
        Decodes the slice of a header; called from any thread.

    Returns
    -------
    Series in the natural order of their first files; the parts of a divided one stay together, by their numbers.
    """
    return tuple(_series(group, read) for group in group_headers(headers))


def group_headers(headers: Iterable[SliceHeader]) -> list[Group]:
    """Divide headers into series: pictures by folder, DICOM by series, localisers apart, then geometry, then time.

    In the order of `build_series`.
    """
    together: dict[Hashable, list[SliceHeader]] = defaultdict(list)
    for header in headers:
        together[_home(header)].append(header)
    groups = []
    for members in sorted(together.values(), key=lambda members: min(map(_by_name, members))):
        if members[0].source.kind is FileKind.DICOM:
            groups += _dicom_groups(members)
        else:
            groups.append(Group(_title_of_files(members), tuple(sorted(members, key=_by_name))))
    return groups


def ordered(headers: Sequence[SliceHeader]) -> tuple[SliceHeader, ...]:
    """Headers of one group in display order: by position along the normal, else by instance number, else by name."""
    if all(header.geometry is not None for header in headers):
        places = distances_mm(headers)
        if np.ptp(places) > POSITION_TOLERANCE_MM:
            return tuple(
                header for _, header in sorted(zip(places, headers), key=lambda pair: (pair[0], *_by_number(pair[1])))
            )
    return tuple(sorted(headers, key=_by_number))


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key by which 'Covid (2).png' comes before 'Covid (10).png'; case does not count."""
    parts = re.split(r"(\d{1,18})", text.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)


def _home(header: SliceHeader) -> Hashable:
    """What can never be one series has different homes; the rest is looked at closely."""
    source = header.source
    if source.kind is FileKind.DICOM:
        localiser = any(part.upper() == "LOCALIZER" for part in header.image_type)
        uid = header.series_uid or str(source.path.parent)
        return ("dicom", header.study_uid, uid, header.modality, header.rows, header.columns, localiser)
    if header.instance_number is not None:  # a page of a TIFF that has several
        return ("pages", source.path)
    return ("pictures", source.path.parent)


def _dicom_groups(members: list[SliceHeader]) -> list[Group]:
    title = _dicom_title(members)
    unique, copies = _without_copies(members)
    groups = [part for like in _geometry_classes(unique) for part in _time_points(like)]
    result = []
    for index, part in enumerate(groups):
        suffix = f" ({index + 1} of {len(groups)})" if len(groups) > 1 else ""
        result.append(Group(title + suffix, ordered(part), _order_notes(part) + (copies if index == 0 else ())))
    return result


def _without_copies(members: list[SliceHeader]) -> tuple[list[SliceHeader], tuple[str, ...]]:
    """Each instance once, from the file that comes first by name (a study copied twice onto one disc).

    The SOP Instance UID alone does not make a copy: careless anonymisers give one to all slices.
    """
    unique: dict[Hashable, SliceHeader] = {}
    for header in sorted(members, key=_by_name):
        source = header.source
        who = (source.identity, header.instance_number, _place(header))
        unique.setdefault((who, source.frame), header)
    left_out = len(members) - len(unique)
    if not left_out:
        return members, ()
    note = Sentence("{n} duplicate slices were left out.", n=left_out)
    return list(unique.values()), (N_("1 duplicate slice was left out.") if left_out == 1 else note,)


def _geometry_classes(members: list[SliceHeader]) -> list[list[SliceHeader]]:
    """One orientation and one pixel spacing a class; those without geometry together."""
    classes: list[list[SliceHeader]] = []
    for header in members:
        home = next((like for like in classes if _alike(like[0], header)), None)
        if home is None:
            classes.append([header])
        else:
            home.append(header)
    return classes


def _alike(one: SliceHeader, other: SliceHeader) -> bool:
    a, b = one.geometry, other.geometry
    if a is None or b is None:
        return a is b
    return (
        float(np.dot(a.row_direction, b.row_direction)) >= _SAME_DIRECTION
        and float(np.dot(a.column_direction, b.column_direction)) >= _SAME_DIRECTION
        and all(abs(x - y) <= _SAME_SPACING * max(x, y) for x, y in zip(a.spacing_mm, b.spacing_mm))
    )


def _time_points(members: list[SliceHeader]) -> list[list[SliceHeader]]:
    """Divide slices that lie at the same places several times.

    By acquisition number where that leaves each place once; else the k-th slice of each place, in the order of time and
    number, belongs to part k. Left together when places repeat unevenly, or when there is one place only (a cine loop).
    """
    if any(header.geometry is None for header in members):
        return [members]
    places = [_place(header) for header in members]
    repeats = set(Counter(places).values())
    if len(set(places)) < 2 or repeats == {1}:
        return [members]
    by_acquisition: dict[int | None, list[SliceHeader]] = defaultdict(list)
    for header in members:
        by_acquisition[header.acquisition_number].append(header)
    parts = [
        by_acquisition[number] for number in sorted(by_acquisition, key=lambda number: (number is None, number or 0))
    ]
    if len(parts) == max(repeats) and all(len({_place(header) for header in part}) == len(part) for part in parts):
        return parts
    if len(repeats) > 1:
        return [members]
    turn: Counter[Hashable] = Counter()
    points: list[list[SliceHeader]] = [[] for _ in range(repeats.pop())]
    for header in sorted(members, key=lambda header: (header.acquisition_time, *_by_number(header))):
        points[turn[_place(header)]].append(header)
        turn[_place(header)] += 1
    return points


def _place(header: SliceHeader) -> tuple[int, ...]:
    """The position to the hundredth of a millimetre."""
    if header.geometry is None:
        return ()
    return tuple(round(coordinate / POSITION_TOLERANCE_MM) for coordinate in header.geometry.position_mm)


def _assumed(headers: Sequence[SliceHeader]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(note for header in headers for note in header.notes))


def _order_notes(part: Sequence[SliceHeader]) -> tuple[str, ...]:
    if len(part) < 2 or all(header.geometry is not None for header in part):
        return ()
    if all(header.instance_number is not None for header in part):
        return (N_("Slice positions are unknown: sorted by instance number."),)
    return (N_("Slice positions and instance numbers are unknown: sorted by file name."),)


def _series(group: Group, read: ReadSlice) -> Series:
    headers = group.headers
    return Series(
        title=group.title,
        headers=headers,
        read_slice=lambda index: read(headers[index]),
        spacing_mm=regular_spacing(headers),
        notes=group.notes + spacing_notes(headers) + _assumed(headers),
    )


def _dicom_title(members: Sequence[SliceHeader]) -> str:
    header = members[0]
    if any(part.upper() == "LOCALIZER" for part in header.image_type):
        return f"{header.description or header.modality} (localiser)".strip()
    return header.description or _title_of_files(members)


def _title_of_files(members: Sequence[SliceHeader]) -> str:
    """The file's name where it is one, else their folder's."""
    path: Path = members[0].source.path
    return path.name if len({header.source.path for header in members}) == 1 else path.parent.name or str(path.parent)


def _by_number(header: SliceHeader) -> tuple[bool, int, int, tuple[tuple[int, int, str], ...]]:
    """Instance number, then frame, then name; numbers first."""
    number = header.instance_number
    return number is None, number or 0, header.source.frame, natural(header.source.path.name)


def _by_name(header: SliceHeader) -> tuple[tuple[tuple[int, int, str], ...], tuple[tuple[int, int, str], ...], int]:
    path = header.source.path
    return natural(str(path.parent)), natural(path.name), header.source.frame
