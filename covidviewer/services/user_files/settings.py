"""What the program remembers between two starts: one schema, one JSON file in the user's configuration folder.

What a file holds beyond the schema is kept; a value that makes no sense is left at its default with a note; a file that
is no JSON is set aside. Never fatal. Knows no Qt.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from covidviewer import files
from covidviewer.files import atomic_write, make_folder, os_error_reason, read_bounded
from covidviewer.texts import N_

SETTINGS_VERSION: Final = 1
LARGEST_FILE: Final = 1_000_000
"""Bytes; what is larger is not a settings file of ours."""
MOST_RECENT: Final = 12


def choice(*values: str) -> Callable[[Any], Any]:
    """One of `values`."""

    def check(value: Any) -> Any:
        if value not in values or not isinstance(value, str):
            raise ValueError
        return value

    return check


def number(low: float, high: float, kind: type[int | float] = int) -> Callable[[Any], Any]:
    """A number in low..high; whole ones for `int`."""

    def check(value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
            raise ValueError
        if kind is int and value != int(value):
            raise ValueError
        return kind(value)

    return check


def yes_or_no(value: Any) -> Any:
    """true or false."""
    if not isinstance(value, bool):
        raise TypeError
    return value


def short_text(value: Any) -> Any:
    """A text of at most 4096 characters."""
    if not isinstance(value, str) or len(value) > 4096:
        raise ValueError
    return value


def texts(most: int) -> Callable[[Any], Any]:
    """A list of at most `most` texts; what is beyond is left out."""

    def check(value: Any) -> Any:
        if not isinstance(value, (list, tuple)):
            raise TypeError
        return tuple(short_text(item) for item in value[:most])

    return check


def presets(value: Any) -> Any:
    """A list of {"name", "centre", "width"}, the width above 0."""
    if not isinstance(value, (list, tuple)) or len(value) > 50:
        raise ValueError
    wide, anywhere = number(1e-6, 1e6, float), number(-1e6, 1e6, float)
    return tuple(
        WindowPreset(short_text(item["name"]), anywhere(item["centre"]), wide(item["width"])) for item in value
    )


def shortcuts(value: Any) -> Any:
    """A map from an action's id to its key sequence."""
    if not isinstance(value, Mapping):
        raise TypeError
    return {short_text(key): short_text(keys) for key, keys in value.items()}


def setting(default: Any, check: Callable[[Any], Any]) -> Any:
    """One row of the table: its default, and what is allowed. A mutable default is given as what makes it."""
    if callable(default):
        return field(default_factory=default, metadata={"check": check})
    return field(default=default, metadata={"check": check})


@dataclass(frozen=True)
class WindowPreset:
    """A window of the person's own, in Hounsfield units."""

    name: str
    centre: float
    width: float


@dataclass(frozen=True)
class Settings:
    """The schema. Changed by `dataclasses.replace`; every value is valid by its row's check.

    Attributes
    ----------
    theme, language
        Looks and words; `language` is "" for the system's.
    default_tool, invert_window_drag
        The left button's tool at the start; whether dragging for window and level goes the other way.
    presets, shortcuts
        The person's own windows, and key sequences by action id where they differ from the default.
    overlay, overlay_fields, show_patient
        How much stands in the corners, which fields, and whether names are shown.
    device, engine, threads
        What computes scores; so many threads compute and read, 0: as many as suit the computer.
    batch_recursive, batch_heat_maps, batch_report, batch_form
        What a batch in the window begins with; the form of its table.
    cache_mb
        Memory for decoded slices, 10^6 bytes.
    cine_rate
        Frames a second where the file does not say.
    restore_session
        A start without paths opens what was open last.
    automatic
        The shown slice is scored by itself.
    heat_map_opacity, heat_map_colours
        0..1, and which pair of colours.
    recent
        Files and folders, the latest first.
    last_folder
        Where the file dialog opens.
    """

    version: int = setting(SETTINGS_VERSION, number(1, 1_000_000))
    theme: str = setting("dark", choice("dark", "light", "system"))
    language: str = setting("", short_text)
    default_tool: str = setting("window", short_text)
    invert_window_drag: bool = setting(False, yes_or_no)
    presets: tuple[WindowPreset, ...] = setting((), presets)
    shortcuts: Mapping[str, str] = setting(dict, shortcuts)
    overlay: str = setting("all", choice("all", "minimal", "none"))
    overlay_fields: tuple[str, ...] = setting(
        (
            *("PatientName", "PatientID", "PatientAge", "SeriesDescription", "BodyPartExamined"),
            *("StudyDate", "Modality", "Manufacturer"),
        ),
        texts(40),
    )
    show_patient: bool = setting(True, yes_or_no)
    device: str = setting("auto", choice("auto", "cpu", "gpu"))
    engine: str = setting("auto", choice("auto", "litert", "openvino"))
    threads: int = setting(0, number(0, 1024))
    batch_recursive: bool = setting(True, yes_or_no)
    batch_heat_maps: bool = setting(False, yes_or_no)
    batch_report: bool = setting(False, yes_or_no)
    batch_form: str = setting("csv", choice("csv", "json", "parquet"))
    cache_mb: int = setting(1024, number(64, 1_000_000))
    cine_rate: int = setting(10, number(1, 60))
    restore_session: bool = setting(False, yes_or_no)
    automatic: bool = setting(True, yes_or_no)
    heat_map_opacity: float = setting(0.5, number(0, 1, float))
    heat_map_colours: str = setting("orange-blue", choice("orange-blue", "yellow-violet", "purple-green"))
    recent: tuple[str, ...] = setting((), texts(MOST_RECENT))
    last_folder: str = setting("", short_text)

    def with_recent(self, path: Path) -> Settings:
        """With `path` (made absolute) first among the recent ones."""
        text = str(path.absolute())
        kept = (text, *(other for other in self.recent if other != text))[:MOST_RECENT]
        return dataclasses.replace(self, recent=kept)


@dataclass(frozen=True)
class LoadedSettings:
    """The settings, what the file held beyond the schema, and sentences about what could not be used."""

    settings: Settings = field(default_factory=Settings)
    unknown: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def settings_path() -> Path:
    """`settings.json` in the user's configuration folder; the folder may not be there yet."""
    from platformdirs import user_config_path

    return user_config_path("CovidViewer", appauthor=False) / "settings.json"


def session_file(settings_file: Path | None = None) -> Path:
    """Beside the settings file (None: the user's own): see `services.user_files.last_session`."""
    return (settings_file or settings_path()).with_name("session.json")


def load_settings(path: Path | None = None) -> LoadedSettings:
    """Read the settings; never raises. `path` None is `settings_path()`."""
    path = settings_path() if path is None else path
    try:
        content = read_bounded(path, LARGEST_FILE)
    except FileNotFoundError:
        return LoadedSettings()
    except ValueError:
        return set_aside(path)
    except OSError as error:
        return LoadedSettings(notes=(f"The settings cannot be read ({os_error_reason(error)}); using the defaults.",))
    try:
        held = json.loads(content)
    except (ValueError, RecursionError):
        return set_aside(path)
    return settings_in(held) if isinstance(held, dict) else set_aside(path)


def settings_in(held: Mapping[str, Any]) -> LoadedSettings:
    """The settings in a file's object; what fails its row's check keeps its default."""
    good, notes = {}, []
    rows = {row.name: row.metadata["check"] for row in dataclasses.fields(Settings)}
    for name, check in rows.items():
        if name not in held:
            continue
        try:
            good[name] = check(held[name])
        except (ValueError, TypeError, KeyError, OverflowError):
            notes.append(f"Invalid value for setting “{name}”; using the default.")
    good["version"] = max(SETTINGS_VERSION, good.get("version", SETTINGS_VERSION))
    unknown = {name: value for name, value in held.items() if name not in rows}
    return LoadedSettings(Settings(**good), unknown, tuple(notes))


def set_aside(path: Path) -> LoadedSettings:
    """Move a broken file out of the way, keeping it, and start with the defaults."""
    aside = files.set_aside(path)
    if aside is None:
        note = N_("The settings file is damaged and cannot be moved; using the defaults.")
    else:
        note = f"The settings file was damaged; it was renamed to “{aside.name}”; using the defaults."
    return LoadedSettings(notes=(note,))


def save_settings(settings: Settings, unknown: Mapping[str, Any] | None = None, path: Path | None = None) -> None:
    """Write the settings, with what an older or newer version left in `unknown`. Raises `OutputUnwritable`."""
    path = settings_path() if path is None else path
    make_folder(path.parent)
    held = {**(unknown or {}), **dataclasses.asdict(settings)}
    atomic_write(path, (json.dumps(held, indent=2, ensure_ascii=False) + "\n").encode())
