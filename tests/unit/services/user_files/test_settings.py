"""Settings: kept, checked, never fatal."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from covidviewer.errors import OutputUnwritable
from covidviewer.services.user_files.settings import (
    MOST_RECENT,
    Settings,
    WindowPreset,
    load_settings,
    save_settings,
    settings_path,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def test_without_a_file_everything_is_as_it_comes(path: Path) -> None:
    loaded = load_settings(path)
    assert loaded.settings == Settings()
    assert loaded.notes == ()
    assert not path.exists()


def test_what_is_saved_is_loaded(path: Path) -> None:
    settings = Settings(
        theme="light",
        threads=3,
        presets=(WindowPreset("Mine", -500.0, 1400.0),),
        shortcuts={"open": "Ctrl+P"},
        recent=("/a", "/ü ß/日本"),
        heat_map_opacity=0.25,
    )
    save_settings(settings, path=path)
    assert load_settings(path).settings == settings


def test_every_default_passes_its_own_check() -> None:
    for row in dataclasses.fields(Settings):
        held = json.loads(json.dumps(dataclasses.asdict(Settings())))[row.name]
        assert row.metadata["check"](held) == getattr(Settings(), row.name)


def test_unknown_keys_survive_loading_and_saving(path: Path) -> None:
    path.write_text('{"theme": "light", "from_the_future": {"a": [1, 2]}, "version": 9}', encoding="utf-8")
    loaded = load_settings(path)
    save_settings(loaded.settings, loaded.unknown, path)
    again = json.loads(path.read_text(encoding="utf-8"))
    assert again["from_the_future"] == {"a": [1, 2]}
    assert again["version"] == 9
    assert again["theme"] == "light"


def test_an_engine_of_older_versions_is_told_and_the_default_takes_its_place(path: Path) -> None:
    path.write_text('{"engine": "tensorflow", "theme": "light"}', encoding="utf-8")
    loaded = load_settings(path)
    assert loaded.settings == Settings(theme="light")
    assert loaded.notes == ("Invalid value for setting “engine”; using the default.",)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "pink"),
        ("theme", ["dark"]),
        ("threads", -1),
        ("threads", True),
        ("threads", 1.5),
        ("cache_mb", float("inf")),
        ("cache_mb", "1024"),
        ("automatic", 1),
        ("heat_map_opacity", float("nan")),
        ("presets", [{"name": "x", "centre": 0}]),
        ("presets", [{"name": "x", "centre": 0, "width": 0}]),
        ("presets", ["x"]),
        ("shortcuts", ["Ctrl+P"]),
        ("recent", [1]),
        ("recent", "/a"),
        ("device", None),
    ],
)
def test_a_senseless_value_keeps_its_default_and_is_named(path: Path, name: str, value: object) -> None:
    path.write_text(json.dumps({name: value, "language": "pt"}), encoding="utf-8")
    loaded = load_settings(path)
    assert getattr(loaded.settings, name) == getattr(Settings(), name)
    assert loaded.settings.language == "pt"
    assert len(loaded.notes) == 1
    assert name in loaded.notes[0]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"[1]", b"null", b"[" * 100_000])
def test_a_broken_file_is_set_aside_and_kept(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    loaded = load_settings(path)
    assert loaded.settings == Settings()
    assert "renamed" in loaded.notes[0]
    assert not path.exists()
    assert path.with_name("settings.broken-1.json").read_bytes() == content


def test_a_second_broken_file_does_not_replace_the_first(path: Path) -> None:
    for content in (b"{1", b"{2"):
        path.write_bytes(content)
        load_settings(path)
    assert path.with_name("settings.broken-1.json").read_bytes() == b"{1"
    assert path.with_name("settings.broken-2.json").read_bytes() == b"{2"


def test_a_folder_in_the_files_place_is_no_disaster(path: Path) -> None:
    path.mkdir()
    assert load_settings(path).settings == Settings()
    with pytest.raises(OutputUnwritable):
        save_settings(Settings(), path=path)
    assert list(path.parent.iterdir()) == [path]


def test_saving_leaves_nothing_beside_the_file(path: Path) -> None:
    save_settings(Settings(), path=path)
    save_settings(Settings(theme="light"), path=path)
    assert [p.name for p in path.parent.iterdir()] == ["settings.json"]


def test_saving_where_nothing_can_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputUnwritable, match=r"cannot be created: .+\.$"):
        save_settings(Settings(), path=tmp_path / "file" / "settings.json")


def test_recent_paths_come_once_latest_first_and_are_bounded(tmp_path: Path) -> None:
    settings = Settings()
    for k in range(MOST_RECENT + 5):
        settings = settings.with_recent(tmp_path / str(k % (MOST_RECENT + 2)))
    assert len(settings.recent) == MOST_RECENT == len(set(settings.recent))
    assert settings.recent[0].endswith(str((MOST_RECENT + 4) % (MOST_RECENT + 2)))


def test_the_file_lies_in_the_users_configuration_folder() -> None:
    assert settings_path().name == "settings.json"
    assert "CovidViewer" in settings_path().parts
