"""Folders of another storage, named by a URL that fsspec understands: s3://, gs://, abfs://, sftp://, file://.

Needs fsspec, and what it needs for the protocol; both are imported late. Credentials are the storage's own business:
its environment variables, or fsspec's configuration. Any thread or process.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import url2pathname

from covidviewer.errors import UnreadableFile
from covidviewer.files import first_line, translate_errors
from covidviewer.imaging.opening import is_hidden
from covidviewer.texts import N_

NEEDS_FSSPEC: Final = N_("Folders by URL need fsspec; “pip install covidviewer[cluster]” installs it.")
NO_FOLDER: Final = N_("“{url}” is not a folder.")
CANNOT_LIST: Final = N_("“{url}” cannot be listed: {why}.")
CANNOT_FETCH: Final = N_("The file cannot be downloaded: {why}.")
TIMES: Final = ("mtime", "LastModified", "last_modified", "updated", "modified", "created")
"""Under which the storages tell when a file was changed; where none does, a file is fetched to know it again."""


@dataclass(frozen=True)
class RemoteFile:
    """A file: its name relative to the folder, its URL, its bytes, and its last change in ns (0: not told)."""

    name: str
    url: str
    size: int
    changed_ns: int

    def fetch(self, to: Path) -> None:
        """Copy its content to a file here. Raises `UnreadableFile`."""
        with storage_errors(CANNOT_FETCH, self.url):
            storage, place = storage_of(self.url)
            storage.get_file(place, str(to))


@dataclass(frozen=True)
class RemoteFolder:
    """A folder by its URL."""

    url: str

    def __str__(self) -> str:
        """The URL."""
        return self.url

    def check(self) -> None:
        """Whether it is there. Raises `UnreadableFile`, one sentence."""
        with storage_errors(CANNOT_LIST, self.url):
            storage, place = storage_of(self.url)
            if not storage.isdir(place):
                raise UnreadableFile(NO_FOLDER, url=self.url)

    def file(self, name: str) -> RemoteFile:
        """One of its files, by name. Raises `UnreadableFile`."""
        with storage_errors(CANNOT_FETCH, self.url):
            storage, top = storage_of(self.url)
            place = f"{top.rstrip('/')}/{name}"
            return remote_file(name, str(storage.unstrip_protocol(place)), storage.info(place))

    def files(self, recursive: bool) -> Iterator[RemoteFile]:
        """Its files, hidden ones left out, in no order. Raises `UnreadableFile`."""
        with storage_errors(CANNOT_LIST, self.url):
            storage, top = storage_of(self.url)
            found: dict[str, dict[str, Any]] = storage.find(top, maxdepth=None if recursive else 1, detail=True)
            for place, facts in found.items():
                name = place[len(top) :].strip("/")
                if not any(map(is_hidden, PurePosixPath(name).parts)):
                    yield remote_file(name, str(storage.unstrip_protocol(place)), facts)


def folder_of(text: str) -> Path | RemoteFolder:
    """The folder that a person named: one of another storage ("s3://bucket/scans"), or of this computer.

    "file:///scans" is of this computer too, so that a batch knows its own output in it.
    """
    protocol, mark, _ = text.partition("://")
    if not mark or not protocol.replace("+", "").replace("-", "").isalnum():
        return Path(text)
    place = urlsplit(text)
    return Path(url2pathname(place.path)) if protocol == "file" and not place.netloc else RemoteFolder(text)


def remote_file(name: str, url: str, facts: Mapping[str, Any]) -> RemoteFile:
    """A file by what its storage tells of it."""
    return RemoteFile(name, url, int(facts.get("size") or 0), changed_ns(facts))


def changed_ns(facts: Mapping[str, Any]) -> int:
    """When a file was last changed, in ns since 1970; 0 where its storage does not tell."""
    for name in TIMES:
        value = facts.get(name)
        try:
            if isinstance(value, str):
                value = datetime.fromisoformat(value)
            if isinstance(value, datetime):
                value = value.timestamp()
            if isinstance(value, int | float) and value > 0:
                return int(value * 1e9)
        except ValueError:
            continue
    return 0


def storage_of(url: str) -> tuple[Any, str]:
    """The storage and the place in it that a URL names."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise UnreadableFile(NEEDS_FSSPEC) from None
    storage, place = url_to_fs(url)
    return storage, str(place)


def storage_errors(sentence: str, url: str) -> AbstractContextManager[None]:
    """Make one sentence of whatever a storage raises: each has errors of its own."""

    def refusal(fault: Exception) -> UnreadableFile:
        missing = isinstance(fault, FileNotFoundError)
        return UnreadableFile(sentence, url=url, why="it does not exist" if missing else first_line(fault))

    return translate_errors(refusal)
