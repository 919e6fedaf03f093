"""A batch on a Dask cluster: the rows of a run without one, whatever becomes of the workers."""

from __future__ import annotations

import csv
import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from covidviewer.errors import BrokenModel, CovidViewerError, DeviceUnavailable
from covidviewer.imaging.decoder_process import CRASHED
from covidviewer.inference.results import Outcome
from covidviewer.phantom.files import write_phantom_png
from covidviewer.phantom.slices import phantom_slice
from covidviewer.services.batch.cluster import ClusterBackend
from covidviewer.services.batch.cluster_worker import WorkerConfig, model_name
from covidviewer.services.batch.plan import BatchPlan
from covidviewer.services.batch.progress import FileOutcome
from covidviewer.services.batch.remote import RemoteFolder, folder_of
from covidviewer.services.batch.run import BatchRun
from tests.unit.services.batch.quick_batch import QuickScorer, misbehaving_scorer

distributed = pytest.importorskip("distributed")
KINDS, FILES = 4, 60
ORDER = WorkerConfig(QuickScorer, model_name(QuickScorer()), None, 30.0)
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Three worker processes of one thread; a file that ends one is given out once more and no more."""
    import dask

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        distributed.LocalCluster(
            n_workers=3, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", silence_logs=60
        ) as made,
    ):
        yield made


@pytest.fixture(scope="module")
def threads() -> Iterator[Any]:
    """A cluster within this process, which sees what lies in its memory."""
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, dashboard_address="127.0.0.1:0", silence_logs=60
    ) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "scans"
    made.mkdir()
    for kind in range(KINDS):
        write_phantom_png(made / f"kind-{kind}.png", phantom_slice(kind, lesions=kind, size=96))
    for k in range(KINDS, FILES):
        (made / f"copy-{k}.png").write_bytes((made / f"kind-{k % KINDS}.png").read_bytes())
    return made


def run(
    plan: BatchPlan, cluster: Any, order: WorkerConfig = ORDER, look: Callable[[BatchRun], None] | None = None
) -> Rows:
    """Do the plan on the cluster; its table."""
    with ClusterBackend(cluster.scheduler_address, order, largest_chunk=4) as work:
        batch = BatchRun(plan, QuickScorer(), backend=work)
        try:
            for _ in batch.outcomes():
                if look is not None:
                    look(batch)
            batch.finish()
        finally:
            batch.close()
    return table(plan.output)


def here(plan: BatchPlan, name: str = "here.csv") -> Rows:
    """The same without a cluster."""
    plan = replace(plan, output=plan.output.with_name(name), workers=1)
    batch = BatchRun(plan, QuickScorer())
    try:
        list(batch.outcomes())
        batch.finish()
    finally:
        batch.close()
    return table(plan.output)


def table(path: Path) -> Rows:
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        del row["milliseconds"]
    return rows


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
@pytest.mark.slow
def test_a_worker_is_killed_half_way_and_every_file_is_there_once_with_the_same_values(
    cluster: Any, folder: Path
) -> None:
    killed: list[int] = []

    def kill(batch: BatchRun) -> None:
        if not killed and batch.progress.done >= FILES // 3:
            with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
                killed.append(next(iter(client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    plan = BatchPlan(folder, folder.parent / "out.csv")
    rows = run(plan, cluster, look=kill)
    assert killed
    assert rows == here(plan)
    assert sorted(row["path"] for row in rows) == sorted(path.name for path in folder.iterdir())


def test_a_stopped_run_goes_on_and_does_nothing_twice(cluster: Any, folder: Path) -> None:
    plan = BatchPlan(folder, folder.parent / "out.csv")
    with ClusterBackend(cluster.scheduler_address, ORDER, largest_chunk=4) as work:
        batch = BatchRun(plan, QuickScorer(), backend=work)
        first: list[FileOutcome] = []
        for outcome in batch.outcomes():
            first.append(outcome)
            batch.stop()
        batch.close()
    assert 0 < len(first) < FILES
    plan = replace(plan, resume=True)
    earlier: list[int] = []
    rows = run(plan, cluster, look=lambda batch: earlier.append(batch.progress.earlier))
    assert earlier[-1] == len(first)
    assert rows == here(plan)


@pytest.mark.slow
def test_a_file_that_ends_workers_and_one_that_hangs_cost_themselves_only(cluster: Any, folder: Path) -> None:
    for name in ("crash.png", "hang.png"):
        (folder / name).write_bytes((folder / "kind-1.png").read_bytes())
    plan = BatchPlan(folder, folder.parent / "out.csv")
    rows = run(plan, cluster, WorkerConfig(misbehaving_scorer, model_name(QuickScorer("misbehaving")), None, 3.0))
    reasons = {row["path"]: row["reason"] for row in rows if row["status"] == Outcome.FAILED}
    assert reasons == {"crash.png": CRASHED, "hang.png": CRASHED}
    assert len(rows) == FILES + 2


@pytest.mark.slow
def test_what_waits_at_the_only_worker_beside_files_that_end_it_is_scored(folder: Path) -> None:
    import dask

    hostile = {"crash-1.png", "crash-2.png", "crash-3.png"}
    for name in hostile:
        (folder / name).write_bytes((folder / "kind-1.png").read_bytes())
    plan = BatchPlan(folder, folder.parent / "out.csv")
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", silence_logs=60
        ) as alone,
    ):
        rows = run(plan, alone, WorkerConfig(misbehaving_scorer, model_name(QuickScorer("misbehaving")), None, 30.0))
    assert {row["path"] for row in rows if row["status"] == Outcome.FAILED} == hostile
    assert len(rows) == FILES + 3


@pytest.mark.parametrize(
    ("text", "folder"),
    [
        ("scans", Path("scans")),
        ("/a b/scans", Path("/a b/scans")),
        ("file:///a%20b/scans", Path("/a b/scans")),
        ("file://server/share", RemoteFolder("file://server/share")),
        ("s3://bucket/scans", RemoteFolder("s3://bucket/scans")),
    ],
)
def test_a_folder_of_this_computer_is_one_by_its_url_too(text: str, folder: Path | RemoteFolder) -> None:
    assert folder_of(text) == folder


@pytest.mark.parametrize("storage", ["file", "memory"])
def test_a_folder_by_url_has_the_rows_of_the_folder_itself(threads: Any, folder: Path, storage: str) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "odd\nÜ =1.png").write_bytes((folder / "kind-2.png").read_bytes())
    (folder / "bad.png").write_bytes(b"nothing")
    for name in (".hidden.png", "Thumbs.db", "__MACOSX/kind-1.png"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"nothing")
    url = url_of(folder, storage)
    plan = BatchPlan(folder, folder.parent / "out.csv", recursive=True)
    assert run(replace(plan, folder=RemoteFolder(url)), threads) == here(plan)
    flat = run(replace(plan, folder=RemoteFolder(url), output=folder.parent / "flat.csv", recursive=False), threads)
    assert len(flat) == FILES + 1


def test_a_folder_by_url_is_scored_without_a_cluster_too(folder: Path) -> None:
    plan = BatchPlan(folder, folder.parent / "out.csv")
    assert here(replace(plan, folder=RemoteFolder(url_of(folder, "file"))), "url.csv") == here(plan)


def test_what_a_storage_says_is_unchanged_is_not_fetched_again(
    threads: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fsspec.implementations.memory import MemoryFileSystem

    url = url_of(folder, "memory")
    plan = BatchPlan(RemoteFolder(url), folder.parent / "out.csv")
    before = run(plan, threads)
    fetched: list[str] = []
    fetch = MemoryFileSystem.get_file

    def counted(self: Any, place: str, to: str, **more: Any) -> None:
        fetched.append(place.rpartition("/")[2])
        fetch(self, place, to, **more)

    monkeypatch.setattr(MemoryFileSystem, "get_file", counted)
    MemoryFileSystem().pipe_file(f"{url.removeprefix('memory:/')}/kind-1.png", (folder / "kind-3.png").read_bytes())
    after = run(replace(plan, resume=True), threads)
    assert fetched == ["kind-1.png"]
    assert [row for row in after if row["path"] != "kind-1.png"] == [
        row for row in before if row["path"] != "kind-1.png"
    ]


def url_of(folder: Path, storage: str) -> str:
    """The folder in a storage."""
    if storage == "file":
        return folder.as_uri()
    from fsspec.implementations.memory import MemoryFileSystem

    made = f"/{folder.parent.name}/scans"
    for path in folder.rglob("*"):
        if path.is_file():
            MemoryFileSystem().pipe_file(f"{made}/{path.relative_to(folder).as_posix()}", path.read_bytes())
    return f"memory:/{made}"


@pytest.mark.parametrize("url", ["memory://nowhere/at-all", "file:///nowhere/at-all", "odd://bucket/scans"])
def test_a_folder_by_url_that_is_not_there_is_one_sentence(url: str, tmp_path: Path) -> None:
    with pytest.raises(CovidViewerError) as told:
        BatchRun(BatchPlan(RemoteFolder(url), tmp_path / "out.csv"), QuickScorer())
    assert url in str(told.value)
    assert "\n" not in str(told.value)
    assert list(tmp_path.iterdir()) == []


def test_workers_with_another_model_are_one_sentence(cluster: Any, folder: Path) -> None:
    with pytest.raises(CovidViewerError, match=r"0\.0-fake") as told:
        run(BatchPlan(folder, folder.parent / "out.csv"), cluster, replace(ORDER, model="9.9 other"))
    assert "9.9 other" in str(told.value)


def broken() -> QuickScorer:
    raise BrokenModel("The model {is} “missing”.", **{"is": "{not}"})


def test_workers_without_a_model_are_one_sentence(cluster: Any, folder: Path) -> None:
    with pytest.raises(CovidViewerError, match="“missing”"):
        run(BatchPlan(folder, folder.parent / "out.csv"), cluster, WorkerConfig(broken, "another", None, 3.0))


def test_no_scheduler_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("covidviewer.services.batch.cluster.CONNECTING_S", 0.5)
    for address in ("tcp://127.0.0.1:9", "no address"):
        with pytest.raises(DeviceUnavailable, match="No Dask scheduler responds"):
            ClusterBackend(address, ORDER)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(DeviceUnavailable, match=r"pip install covidviewer\[cluster\]"):
        ClusterBackend("tcp://127.0.0.1:9", ORDER)
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(CovidViewerError, match=r"pip install covidviewer\[cluster\]"):
        BatchRun(BatchPlan(RemoteFolder("s3://bucket/scans"), tmp_path / "out.csv"), QuickScorer())
