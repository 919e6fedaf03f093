"""Qt's copy of ICU's data without what no window of ours asks for: 32 MB of names, currencies and code pages.

Kept is what sorts file names (collation) and the tables that everything rests on. ICU's archive is a header, a table of
contents (offsets of names and items, sorted by name, both from the table's begin), the names, the items; see `udata.h`
and `ucmndata.h` of ICU. What is missing in it ICU treats as a language that it does not know.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from fnmatch import fnmatchcase

KEPT = (
    *("coll/*", "*.icu", "*.nrm", "brkitr/root.res", "brkitr/*.brk"),
    *("root.res", "pool.res", "res_index.res", "supplementalData.res", "numberingSystems.res", "keyTypeData.res"),
    *("likelySubtags.res", "langInfo.res", "icuver.res", "icustd.res", "metadata.res", "plurals.res"),
    *("zoneinfo64.res", "timezoneTypes.res", "metaZones.res", "windowsZones.res"),
)
"""Names in the archive, without the folder that they all lie in."""
MAGIC = b"\xda\x27"
ALIGNED = 16


def smaller(archive: bytes) -> bytes:
    """The archive with the items that fit `KEPT`. Raises `ValueError` for anything that is no archive of ICU."""
    header, held = opened(archive)
    return packed(header, {name: item for name, item in held.items() if is_kept(name)})


def is_kept(name: str) -> bool:
    """Whether an item ("icudt73l/coll/zh.res") stays."""
    return any(fnmatchcase(name.partition("/")[2], pattern) for pattern in KEPT)


def opened(archive: bytes) -> tuple[bytes, dict[str, bytes]]:
    """The archive's header, and its items by name."""
    if archive[2:4] != MAGIC:
        raise ValueError("this is not an ICU data archive")
    (size,) = struct.unpack_from("<H", archive)
    body = archive[size:]
    (count,) = struct.unpack_from("<I", body)
    places = [struct.unpack_from("<II", body, 4 + 8 * index) for index in range(count)]
    begins = [begin for _, begin in places]
    ends = [*begins, len(body)][1:]
    names = [body[at : body.index(b"\0", at)].decode("ascii") for at, _ in places]
    return archive[:size], {name: body[begin:end] for name, begin, end in zip(names, begins, ends, strict=True)}


def packed(header: bytes, items: Mapping[str, bytes]) -> bytes:
    """An archive of the items; the inverse of `opened`."""
    names = [name.encode("ascii") + b"\0" for name in sorted(items)]
    at = 4 + 8 * len(names)
    begin = rounded(at + sum(map(len, names)))
    table, text, content = bytearray(struct.pack("<I", len(names))), bytearray(), bytearray()
    for name in names:
        item = items[name[:-1].decode("ascii")]
        table += struct.pack("<II", at + len(text), begin + len(content))
        text += name
        content += item.ljust(rounded(len(item)), b"\0")
    return header + bytes(table + text).ljust(begin, b"\0") + bytes(content)


def rounded(size: int) -> int:
    """The next place where an item may begin."""
    return -(-size // ALIGNED) * ALIGNED
