"""The batch dialog: runs, pauses, stops, goes on, and tells what came of each file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from covidviewer.phantom.files import write_phantom_png
from covidviewer.phantom.slices import phantom_slice
from covidviewer.services.batch.journal import Entry, Row
from covidviewer.services.batch.summary import MOST_REASONS, summarise
from covidviewer.ui.dialogs.batch import BatchDialog
from covidviewer.ui.dialogs.batch_form import BatchForm
from covidviewer.ui.dialogs.batch_summary import summary_html
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.panels.outcome_table import Shown
from covidviewer.ui.theme.tokens import DARK
from tests.unit.services.batch.quick_batch import QuickScorer

FILES = 160


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    top = tmp_path / "scans"
    made = top / "COVID"
    made.mkdir(parents=True)
    write_phantom_png(made / "slice-1.png", phantom_slice(2, lesions=2, size=96))
    for k in range(2, FILES):
        (made / f"slice-{k}.png").write_bytes((made / "slice-1.png").read_bytes())
    (top / "bad.png").write_bytes(b"nothing")
    return top


@pytest.fixture
def scorers() -> list[QuickScorer]:
    return []


@pytest.fixture
def dialog(
    window: MainWindow, folder: Path, scorers: list[QuickScorer], monkeypatch: pytest.MonkeyPatch
) -> Iterator[BatchDialog]:
    def make() -> QuickScorer:
        scorers.append(QuickScorer())
        return scorers[-1]

    monkeypatch.setattr(window.batch, "_make_scorer", make)
    window.board["batch"].trigger()
    assert window.batch.dialog is not None
    window.batch.dialog.form.choose(folder)
    yield window.batch.dialog
    assert window.batch.dialog.end(10_000)


def run(dialog: BatchDialog, qtbot: QtBot) -> None:
    dialog.start.click()
    ended(dialog, qtbot)


def ended(dialog: BatchDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not dialog.running, timeout=20_000)


def test_a_folder_is_scored_and_its_table_lies_beside_it(
    dialog: BatchDialog, folder: Path, scorers: list[QuickScorer], qtbot: QtBot
) -> None:
    run(dialog, qtbot)
    assert (folder.parent / "scans-scores.csv").exists()
    assert dialog.model.rowCount() == FILES
    assert "1 of them failed" in dialog.line.text()
    assert "reference label COVID" in dialog.summary.toPlainText()
    assert scorers[0].closed


def test_the_table_has_as_many_rows_as_the_progress_says(
    dialog: BatchDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("covidviewer.ui.workers.batch.EVERY_S", 0.0)
    seen: list[tuple[int, int]] = []
    dialog.bar.valueChanged.connect(lambda done: seen.append((dialog.model.rowCount(), done)))
    run(dialog, qtbot)
    assert seen[-1] == (FILES, FILES)
    assert [rows for rows, _ in seen] == [done for _, done in seen]


def test_the_table_shows_all_those_without_a_score_or_the_failed(dialog: BatchDialog, qtbot: QtBot) -> None:
    run(dialog, qtbot)
    for shown, rows in ((Shown.FAILED, 1), (Shown.WITHOUT, 1), (Shown.ALL, FILES)):
        dialog.shown.setCurrentIndex(dialog.shown.findData(shown))
        assert dialog.model.rowCount() == rows
    dialog.shown.setCurrentIndex(dialog.shown.findData(Shown.FAILED))
    cells = [dialog.model.data(dialog.model.index(0, column)) for column in range(4)]
    assert cells[:3] == ["bad.png", "failed", ""]
    assert cells[3]


def test_a_stopped_run_is_gone_on_with(dialog: BatchDialog, folder: Path, qtbot: QtBot) -> None:
    dialog.start.click()
    qtbot.waitUntil(lambda: dialog.model.rowCount() > 0, timeout=20_000)
    dialog.stop.click()
    ended(dialog, qtbot)
    if (folder.parent / "scans-scores.csv").exists():
        pytest.fail("the batch was too quick to be stopped; give it more files")
    assert dialog.form.earlier.isVisible()
    assert dialog.form.plan().resume
    assert "saved" in dialog.line.text()
    run(dialog, qtbot)
    outcomes = [dialog.model.outcome(row) for row in range(dialog.model.rowCount())]
    assert len(outcomes) == FILES
    assert any(one.earlier for one in outcomes)


def test_a_pause_holds_until_it_is_ended(dialog: BatchDialog, qtbot: QtBot) -> None:
    dialog.start.click()
    dialog.pause.click()
    assert dialog.pause.text() == "Resume"
    assert "Paused" in dialog.line.text()
    qtbot.waitUntil(lambda: dialog.bar.maximum() == FILES, timeout=20_000)
    assert dialog.running
    dialog.pause.click()
    ended(dialog, qtbot)
    assert dialog.model.rowCount() == FILES


def test_what_cannot_be_is_a_sentence_and_nothing_is_written(dialog: BatchDialog, folder: Path, qtbot: QtBot) -> None:
    dialog.form.output.setText(str(folder.parent / "scores.txt"))
    run(dialog, qtbot)
    assert "must have the extension" in dialog.trouble.text()
    assert list(folder.parent.iterdir()) == [folder]
    assert dialog.start.isEnabled()


def test_start_waits_for_a_folder_and_a_table(dialog: BatchDialog) -> None:
    assert dialog.start.isEnabled()
    dialog.form.output.clear()
    assert not dialog.start.isEnabled()


def test_a_refused_run_leaves_the_results_of_the_one_before(dialog: BatchDialog, folder: Path, qtbot: QtBot) -> None:
    run(dialog, qtbot)
    (folder.parent / "other-scores.csv").write_text("name,mark\nAnna,1\n", encoding="utf-8")
    dialog.form.output.setText(str(folder.parent / "other-scores.csv"))
    run(dialog, qtbot)
    assert dialog.trouble.text()
    assert dialog.model.rowCount() == FILES
    assert "reference label COVID" in dialog.summary.toPlainText()


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_outputs_are_named_after_the_folder_until_a_person_names_them(form: str) -> None:
    fields = BatchForm()
    fields.table_form = form
    for name in ("one", "two"):
        fields.choose(Path("/scans") / name)
        start = str(Path("/scans") / name)
        assert fields.output.text() == f"{start}-scores.{form}"
        assert fields.heat_maps.text() == f"{start}-heat-maps"
        assert fields.report.text() == f"{start}-report.html"
    fields.report.setText("mine.pdf")
    fields.folder.setText("")
    QTest.keyClicks(fields.folder, "/three")
    assert fields.output.text() == f"{Path('/three')}-scores.{form}"
    assert fields.report.text() == "mine.pdf"
    fields.folder.setText("/")
    assert Path(fields.output.text()).name == f"scans-scores.{form}"


def test_a_double_click_opens_the_file(dialog: BatchDialog, folder: Path, window: MainWindow, qtbot: QtBot) -> None:
    run(dialog, qtbot)
    names = [dialog.model.outcome(row).file for row in range(FILES)]
    dialog.table.doubleClicked.emit(dialog.model.index(names.index("COVID/slice-1.png"), 0))
    qtbot.waitUntil(lambda: window.session.shown is not None, timeout=20_000)
    assert window.session.shown is not None
    assert window.session.shown.series.headers[0].source.path == folder / "COVID" / "slice-1.png"


def test_closing_the_dialog_lets_the_batch_run_and_ending_ends_it(
    dialog: BatchDialog, window: MainWindow, qtbot: QtBot
) -> None:
    dialog.start.click()
    qtbot.waitUntil(lambda: dialog.model.rowCount() > 0, timeout=20_000)
    dialog.close()
    assert dialog.running
    assert dialog.end(10_000)


def test_reasons_that_do_not_fit_are_a_line_with_their_slices_in_the_summary() -> None:
    row: Row = {"path": "a.png", "status": "failed", "p_covid": None, "label": None}
    rows = tuple({**row, "reason": f"Reason {k}."} for k in range(MOST_REASONS + 5))
    page = summary_html(summarise([Entry("a.png", None, "", rows)]), DARK)
    assert page.count("Reason ") == MOST_REASONS
    assert ">5</td><td style='padding:2px 0'>and 5 more reasons</td>" in page
