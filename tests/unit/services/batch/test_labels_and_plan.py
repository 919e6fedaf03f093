"""Labels that match nothing are said, and what an earlier run left is no image of the next."""

from __future__ import annotations

from codecs import BOM_UTF8
from pathlib import Path

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from covidviewer.phantom.files import write_phantom_png
from covidviewer.phantom.slices import phantom_slice
from covidviewer.services.batch.journal import Journal, journal_path
from covidviewer.services.batch.labels import LabelTable, labels_of_table, unmatched
from covidviewer.services.batch.plan import BatchPlan, list_files, summary_path
from covidviewer.services.batch.table import SIGNATURES, summary_text, write_output
from covidviewer.services.heatmaps import SOFTWARE


def test_labels_of_files_that_are_not_there_are_named(tmp_path: Path) -> None:
    table = tmp_path / "labels.csv"
    table.write_text("path,label\na.png,COVID\nsub/b.png,non-COVID\nc.pgn,COVID\n", encoding="utf-8")
    label_of = labels_of_table(table)
    assert isinstance(label_of, LabelTable)
    assert [label_of(name) is not None for name in ("x/a.png", "sub/b.png", "c.png")] == [True, True, False]
    assert label_of.unused == ("c.pgn",)
    assert unmatched(label_of.unused) == "Labels that match no file (1): “c.pgn”."
    assert unmatched([str(number) for number in range(9)]).endswith("“4”, ….")


def test_the_outputs_of_an_earlier_run_are_not_listed(tmp_path: Path) -> None:
    write_phantom_png(tmp_path / "slice.png", phantom_slice(2, size=64))
    for suffix in (".csv", ".json"):
        write_output(tmp_path / f"filled{suffix}", [{"path": "a.png"}])
    Journal(journal_path(tmp_path / "filled.csv"), "folder").close()
    summary_path(tmp_path / "filled.csv").write_bytes(summary_text({"files": 1}))
    note = PngInfo()
    note.add_text("Software", SOFTWARE)
    (tmp_path / "maps").mkdir()
    Image.fromarray(np.zeros((64, 64), np.uint8)).save(tmp_path / "maps" / "slice.png.heat-map.png", pnginfo=note)
    (tmp_path / "notes.json").write_text("{}", encoding="utf-8")
    found = list_files(BatchPlan(tmp_path, tmp_path.parent / "new.csv", recursive=True))
    assert [one.name for one in found] == ["notes.json", "slice.png"]


def test_a_csv_table_begins_with_the_mark_by_which_excel_knows_its_encoding(tmp_path: Path) -> None:
    write_output(tmp_path / "a.csv", [{"path": "Zoë.png"}])
    assert (tmp_path / "a.csv").read_bytes().startswith(BOM_UTF8 + b"path,")
    assert SIGNATURES[".csv"](tmp_path / "a.csv")
    (tmp_path / "older.csv").write_bytes((tmp_path / "a.csv").read_bytes().removeprefix(BOM_UTF8))
    assert SIGNATURES[".csv"](tmp_path / "older.csv")
