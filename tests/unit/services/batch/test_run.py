"""A batch: every file once, whatever the files, the readers, the disk and the person do."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from covidviewer.errors import OutputUnwritable, UnreadableFile
from covidviewer.imaging.decoder_process import CRASHED
from covidviewer.inference.analyser import BATCH, Analyser, Prepared
from covidviewer.inference.results import Outcome, Result
from covidviewer.phantom.files import write_phantom_png, write_phantom_series
from covidviewer.phantom.slices import phantom_slice
from covidviewer.services.batch import decoder_pool, local
from covidviewer.services.batch.decoder_pool import Limits
from covidviewer.services.batch.journal import journal_path
from covidviewer.services.batch.plan import BatchPlan, list_files, summary_path
from covidviewer.services.batch.progress import FileOutcome
from covidviewer.services.batch.read_file import NO_MEMORY
from covidviewer.services.batch.run import BatchRun
from covidviewer.services.batch.summary import Summary
from tests.unit.services.batch.quick_batch import QuickScorer, misbehaving_work
from tests.unit.services.fakes import FakeClassifier


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("picture") / "one.png"
    write_phantom_png(path, phantom_slice(2, lesions=2, size=96))
    return path.read_bytes()


@pytest.fixture
def folder(tmp_path: Path, picture: bytes) -> Path:
    made = tmp_path / "scans"
    made.mkdir()
    for k in range(1, 21):
        (made / f"slice ({k}).png").write_bytes(picture)
    return made


def plan_of(folder: Path, **changes: Any) -> BatchPlan:
    return replace(BatchPlan(folder, folder.parent / "out.csv", workers=1), **changes)


def done(plan: BatchPlan, scorer: QuickScorer | None = None) -> tuple[list[FileOutcome], Summary]:
    batch = BatchRun(plan, scorer or QuickScorer())
    try:
        return list(batch.outcomes()), batch.finish()
    finally:
        batch.close()


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_every_file_has_its_row_in_the_order_in_which_people_count(folder: Path) -> None:
    scorer = QuickScorer()
    outcomes, summary = done(plan_of(folder), scorer)
    assert [row["path"] for row in table(folder.parent / "out.csv")] == [f"slice ({k}).png" for k in range(1, 21)]
    assert {outcome.outcome for outcome in outcomes} == {Outcome.SCORED}
    assert (summary.files, summary.slices, summary.outcomes["scored"]) == (20, 20, 20)
    assert sum(scorer.batches) == 20
    assert max(scorer.batches) <= BATCH


def test_the_network_gets_whole_batches_while_there_are_files(
    folder: Path, picture: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "LINGER_S", 60.0)  # however slowly this machine decodes
    for k in range(21, 2 * BATCH + 5):
        (folder / f"slice ({k}).png").write_bytes(picture)
    scorer = QuickScorer()
    done(plan_of(folder, workers=2), scorer)
    assert scorer.batches[:2] == [BATCH, BATCH]


def test_bad_files_cost_themselves_only_and_each_has_its_reason(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoder_pool, "work", misbehaving_work)
    for name in ("crash.png", "hang.png", "bloat.png"):
        (folder / name).write_bytes((folder / "slice (1).png").read_bytes())
    (folder / "cut.png").write_bytes((folder / "slice (1).png").read_bytes()[:500])
    (folder / "text.png").write_text("not an image")
    outcomes, summary = done(plan_of(folder, workers=2, limits=Limits(seconds=1.5, memory=1_000_000_000)))
    reasons = {one.file: one.reason for one in outcomes if one.outcome is Outcome.FAILED}
    assert reasons.pop("crash.png") == CRASHED
    assert "within 2 seconds" in reasons.pop("hang.png")
    if sys.platform == "linux":
        assert reasons.pop("bloat.png") == NO_MEMORY
    assert sorted(reasons) == ["cut.png", "text.png"]
    assert all(reasons.values())
    assert summary.outcomes["scored"] == 20
    assert len(table(folder.parent / "out.csv")) == 25


def test_a_second_run_does_only_what_is_new_changed_or_failed(folder: Path, picture: bytes) -> None:
    (folder / "bad.png").write_bytes(b"nothing")
    done(plan_of(folder))
    again, _ = done(plan_of(folder, resume=True))
    assert [one.file for one in again if not one.earlier] == ["bad.png"]
    (folder / "slice (3).png").unlink()
    (folder / "new.png").write_bytes(picture)
    other = bytearray((folder / "slice (4).png").read_bytes())
    status = (folder / "slice (4).png").stat()
    other[-20] ^= 1  # the same size and time, another content
    (folder / "slice (4).png").write_bytes(other)
    os.utime(folder / "slice (4).png", ns=(status.st_atime_ns, status.st_mtime_ns))
    os.utime(folder / "slice (5).png")
    again, _ = done(plan_of(folder, resume=True))
    assert {one.file for one in again if not one.earlier} == {"bad.png", "new.png", "slice (4).png", "slice (5).png"}
    names = [row["path"] for row in table(folder.parent / "out.csv")]
    assert sorted(names) == sorted(path.name for path in folder.iterdir())


def test_another_model_version_does_everything_again(folder: Path) -> None:
    done(plan_of(folder))
    again, summary = done(plan_of(folder, resume=True), QuickScorer("0.1-fake"))
    assert not any(one.earlier for one in again)
    assert summary.models == ("0.1-fake",)
    assert {row["model_version"] for row in table(folder.parent / "out.csv")} == {"0.1-fake"}


def test_a_run_that_was_stopped_goes_on(folder: Path) -> None:
    scorer = QuickScorer()
    batch = BatchRun(plan_of(folder), scorer)
    first = next(batch.outcomes())
    batch.stop()
    batch.close()
    assert not (folder.parent / "out.csv").exists()
    again, _ = done(plan_of(folder, resume=True), scorer)
    assert first.file in {one.file for one in again if one.earlier}
    assert len(again) == 20


def test_a_pause_begins_no_batch_and_ends(folder: Path) -> None:
    batch = BatchRun(plan_of(folder), QuickScorer())
    batch.pause()
    outcomes = batch.outcomes()
    batch.resume()
    assert len(list(outcomes)) == 20
    batch.close()


@pytest.mark.parametrize("cut", [1, 30, 200])
def test_a_half_written_last_line_is_done_again(folder: Path, cut: int) -> None:
    done(plan_of(folder))
    journal = journal_path(folder.parent / "out.csv")
    content = journal.read_bytes()
    journal.write_bytes(content[:-cut])
    again, _ = done(plan_of(folder, resume=True))
    assert len([one for one in again if not one.earlier]) == 1
    assert journal.read_bytes().count(b"\n") == content.count(b"\n")
    third, _ = done(plan_of(folder, resume=True))
    assert all(one.earlier for one in third)


def test_an_output_that_is_there_is_kept_without_resume(folder: Path) -> None:
    done(plan_of(folder))
    before = (folder.parent / "out.csv").read_bytes()
    with pytest.raises(OutputUnwritable, match="already exists"):
        BatchRun(plan_of(folder), QuickScorer())
    assert (folder.parent / "out.csv").read_bytes() == before


@pytest.mark.parametrize("name", ["out.csv", "out.csv.journal", "out.csv.summary.json"])
def test_a_file_that_is_not_ours_is_kept(folder: Path, name: str) -> None:
    (folder.parent / name).write_text("my thesis\n")
    with pytest.raises(OutputUnwritable, match=r"is not a .* of this program"):
        BatchRun(plan_of(folder, resume=True), QuickScorer())
    assert (folder.parent / name).read_text() == "my thesis\n"


@pytest.mark.parametrize("output", ["out.txt", "out", "no/out.csv"])
def test_an_output_that_cannot_be_is_refused_at_once(folder: Path, output: str) -> None:
    with pytest.raises(OutputUnwritable):
        BatchRun(plan_of(folder, output=folder.parent / output), QuickScorer())


def test_two_runs_never_share_an_output(folder: Path) -> None:
    first = BatchRun(plan_of(folder), QuickScorer())
    with pytest.raises(OutputUnwritable, match="in use"):
        BatchRun(plan_of(folder, resume=True), QuickScorer())
    first.close()


def test_the_journal_of_another_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    done(plan_of(folder))
    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "a.png").write_bytes(b"x")
    with pytest.raises(OutputUnwritable, match="is part of the folder"):
        BatchRun(plan_of(tmp_path / "others", resume=True), QuickScorer())


def test_an_empty_folder_is_one_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableFile, match="no files"):
        BatchRun(plan_of(tmp_path / "empty"), QuickScorer())
    assert list(tmp_path.iterdir()) == [tmp_path / "empty"]


def test_folders_in_the_folder_are_wanted_or_not_and_links_in_a_ring_end(folder: Path, picture: bytes) -> None:
    deep = folder / "deep" / "er"
    deep.mkdir(parents=True)
    (deep / "x.png").write_bytes(picture)
    (deep / "ring").symlink_to(folder)
    (folder / "self.png").symlink_to("self.png")
    assert not any("deep" in one.name for one in list_files(plan_of(folder)))
    names = [one.name for one in list_files(plan_of(folder, recursive=True))]
    assert names.count("deep/er/x.png") == 1
    assert len(names) == len(set(names)) == 22


def test_files_that_vanish_or_change_their_kind_after_the_listing_fail_alone(folder: Path) -> None:
    batch = BatchRun(plan_of(folder), QuickScorer())
    (folder / "slice (3).png").unlink()
    (folder / "slice (4).png").unlink()
    (folder / "slice (4).png").mkdir()
    outcomes = {one.file: one for one in batch.outcomes()}
    batch.finish()
    batch.close()
    assert {name for name, one in outcomes.items() if one.outcome is Outcome.FAILED} >= {"slice (3).png"}
    assert outcomes["slice (3).png"].reason
    assert outcomes["slice (4).png"].outcome is not Outcome.SCORED
    assert len(outcomes) == len(table(folder.parent / "out.csv")) == 20


def test_a_folder_that_is_reached_by_two_ways_is_read_once(folder: Path, picture: bytes) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "x.png").write_bytes(picture)
    (folder / "twin").symlink_to(folder / "deep")
    names = [one.name for one in list_files(plan_of(folder, recursive=True))]
    assert [name for name in names if name.endswith("x.png")] == ["deep/x.png"]


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_many_files_are_listed_in_the_order_in_which_people_count(tmp_path: Path, long_form: bool) -> None:
    made = tmp_path / "scans"
    made.mkdir()
    count = 100_000 if long_form else 10_000
    for k in range(count):
        (made / f"slice-{k}.png").touch()
    names = [one.name for one in list_files(plan_of(made))]
    assert names == [f"slice-{k}.png" for k in range(count)]


def test_what_the_batch_writes_is_not_read_by_it(folder: Path) -> None:
    plan = plan_of(folder, output=folder / "out.csv", heat_maps=folder / "maps", recursive=True)
    done(plan)
    (folder / "maps" / "x.png").write_bytes(b"x")
    assert len(list_files(plan)) == 20


@pytest.mark.skipif(os.name != "posix", reason="only on systems where such names exist")
def test_odd_names_survive_in_every_form(folder: Path, picture: bytes) -> None:
    odd = ["=cmd.png", "+1.png", "-1.png", "@x.png", "new\nline.png", "Ü 肺 🫁.png", 'q"u,o;te.png', "tab\t.png"]
    for path in folder.iterdir():
        path.unlink()
    for name in odd:
        (folder / name).write_bytes(picture)
    (folder / os.fsdecode(b"not-utf8-\xff.png")).write_bytes(picture)
    for suffix in (".csv", ".json", ".parquet"):
        output = folder.parent / f"out{suffix}"
        _, summary = done(plan_of(folder, output=output))
        assert summary.outcomes["scored"] == 9
        names = paths_in(output)
        assert set(odd) <= {name.removeprefix("'") for name in names}
        if suffix == ".csv":
            assert not any(name.startswith(("=", "+", "-", "@")) for name in names)
        again, _ = done(plan_of(folder, output=output, resume=True))
        assert all(one.earlier for one in again)


def paths_in(output: Path) -> list[str]:
    if output.suffix == ".csv":
        return [row["path"] for row in table(output)]
    if output.suffix == ".json":
        return [row["path"] for row in json.loads(output.read_text(encoding="utf-8"))]
    from pyarrow import parquet

    return [str(value) for value in parquet.read_table(output).column("path").to_pylist()]


def test_the_three_forms_say_the_same(folder: Path) -> None:
    for suffix in (".csv", ".json", ".parquet"):
        done(plan_of(folder, output=folder.parent / f"out{suffix}"))
    from pyarrow import parquet

    listed = json.loads((folder.parent / "out.json").read_text(encoding="utf-8"))
    for row in listed:
        del row["milliseconds"]
    stored = parquet.read_table(folder.parent / "out.parquet").drop_columns(["milliseconds"]).to_pylist()
    assert stored == listed
    for row, cells in zip(listed, table(folder.parent / "out.csv"), strict=True):
        assert {name: "" if value is None else str(value) for name, value in row.items()} == {
            name: cells[name] for name in row
        }


def test_a_dicom_series_has_one_score_and_its_slices_their_series(tmp_path: Path) -> None:
    write_phantom_series(tmp_path / "scan" / "one", seed=2, slices=3, size=96)
    write_phantom_series(tmp_path / "scan" / "two", seed=3, slices=4, size=96)
    _, summary = done(plan_of(tmp_path / "scan", recursive=True))
    assert [(one.name, one.slices) for one in summary.series] == [("one", 3), ("two", 4)]
    rows = table(tmp_path / "out.csv")
    for one in summary.series:
        scores = [float(row["p_covid"]) for row in rows if row["path"].startswith(one.name) and row["p_covid"]]
        best = sorted(scores)[-5:]
        assert one.scored == len(scores)
        assert one.score == (pytest.approx(sum(best) / len(best), abs=1e-6) if best else None)


class MappingScorer(QuickScorer):
    """Scores as the program does, heat maps too, with a network that is made up."""

    def classify_prepared(self, waiting: Sequence[Prepared | Result]) -> list[Result]:
        return list(Analyser(FakeClassifier(), self.bundle).classify_prepared(waiting))


def test_every_scored_slice_has_a_heat_map_of_its_own_however_often_it_is_gone_on(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / "scans" / name).mkdir(parents=True)
        write_phantom_png(tmp_path / "scans" / name / "same.png", phantom_slice(2, lesions=2, size=128))
    plan = plan_of(tmp_path / "scans", recursive=True, heat_maps=tmp_path / "maps")
    done(plan, MappingScorer())
    named = [row["heat_map"] for row in table(tmp_path / "out.csv")]
    assert len(set(named)) == 2
    assert sorted(path.name for path in (tmp_path / "maps").iterdir()) == sorted(named)
    os.utime(tmp_path / "scans" / "b" / "same.png")
    done(replace(plan, resume=True), MappingScorer())
    assert [row["heat_map"] for row in table(tmp_path / "out.csv")] == named
    assert len(list((tmp_path / "maps").iterdir())) == 2


def test_the_summary_counts_what_the_table_holds(folder: Path) -> None:
    (folder / "bad.png").write_bytes(b"nothing")
    _, summary = done(plan_of(folder))
    rows = table(folder.parent / "out.csv")
    assert Counter(row["status"] for row in rows) == {name: n for name, n in summary.outcomes.items() if n}
    assert sum(summary.histogram) == sum(bool(row["p_covid"]) for row in rows)
    stored = json.loads(summary_path(folder.parent / "out.csv").read_text(encoding="utf-8"))
    assert stored["outcomes"] == summary.outcomes
    assert stored["failed_files"] == 1


def test_a_full_disk_ends_the_run_with_a_sentence_and_keeps_what_was_done(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = os.fsync
    calls = iter(range(100))

    def fsync(descriptor: int) -> None:
        if next(calls) >= 1:
            raise OSError(28, "No space left on device")
        written(descriptor)

    monkeypatch.setattr("covidviewer.services.batch.journal.os.fsync", fsync)
    batch = BatchRun(plan_of(folder), QuickScorer())
    told: list[FileOutcome] = []
    with pytest.raises(OutputUnwritable, match="no space left"):
        told.extend(batch.outcomes())
    batch.close()
    monkeypatch.undo()
    again, _ = done(plan_of(folder, resume=True))
    assert len(again) == 20
    assert {one.file for one in told} <= {one.file for one in again if one.earlier}


def killed_once(folder: Path, output: Path, after: int) -> None:
    """Run until so many files are done, then kill -9 at once."""
    command = [sys.executable, "-m", "tests.unit.services.batch.quick_batch", str(folder), str(output)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(after):
            if not process.stdout.readline():
                return
        process.kill()


def test_killed_again_and_again_every_file_is_there_exactly_once(folder: Path, picture: bytes) -> None:
    for k in range(21, 71):
        (folder / f"slice ({k}).png").write_bytes(picture)
    output = folder.parent / "killed.csv"
    (output.parent / ".killed.csv.1.part").write_bytes(b"left by a run that was killed while it finished")
    for after in (1, 40, 60):
        killed_once(folder, output, after)
        assert not output.exists()
    done(plan_of(folder, output=output, resume=True))
    done(plan_of(folder))
    unlike = ("milliseconds",)
    rows, undisturbed = (
        [{name: cell for name, cell in row.items() if name not in unlike} for row in table(path)]
        for path in (output, folder.parent / "out.csv")
    )
    assert rows == undisturbed
    assert len(rows) == 70
    assert not [path for path in output.parent.iterdir() if path.suffix == ".part"]


@pytest.fixture(autouse=True)
def _no_process_is_left() -> Iterator[None]:
    yield
    import multiprocessing

    assert multiprocessing.active_children() == []
