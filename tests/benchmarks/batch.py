"""Folders end to end: against the bare network in the same run, the obvious Keras script, and one worker of Dask.

Bounds: at least 85 % of the bare network's rate for pictures and for DICOM slices, start included; at least 4 times the
Keras script; memory after the last of 5,000 files at most 1.1 times that after 500; two workers of one thread at least
1.7 times one. Pictures are those of the folder COVIDVIEWER_DATA where it is named, else synthetic.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import mean
from time import perf_counter, sleep
from typing import Any

from covidviewer.inference.analyser import BATCH
from covidviewer.phantom.files import write_phantom_png, write_phantom_series
from covidviewer.phantom.slices import phantom_slice
from tests.benchmarks import forms
from tests.benchmarks.record import as_installed, record, verdict

ROOT = Path(__file__).resolve().parents[2]
SUBJECTS = "tests.benchmarks.subjects"
SLICES, SECONDS = 2000, 20
OF_BARE, OF_KERAS, FLAT, TWO_WORKERS = 0.85, 4.0, 1.1, 1.7
EARLY = 500
DASK_SLICES = 400


@dataclass(frozen=True)
class Run:
    """A whole process: `files` a second, start included, and resident MB of it and its readers by files done."""

    rate: float
    memory: tuple[tuple[int, float], ...]


def run(arguments: argparse.Namespace) -> int:
    """Measure, print, record. `--rounds` is the number of pictures."""
    slices = arguments.rounds or SLICES
    with tempfile.TemporaryDirectory() as place:
        top = Path(place)
        pictures = filled(top / "pictures", real("sars-cov-2-ct", "*.png") or drawn_pictures(top), slices)
        scans = filled(top / "scans", real("dicom/series", "*") or drawn_scan(top), slices // 2)
        many = filled(top / "many", real("sars-cov-2-ct", "*.png") or drawn_pictures(top), slices * 5 // 2)
        few = filled(top / "few", sorted(pictures.iterdir()), min(slices, DASK_SLICES))
        bare = [bare_rate()]
        ours = {name: measured(folder, top) for name, folder in (("pictures", pictures), ("DICOM slices", scans))}
        bare.append(bare_rate())
        keras = keras_rate(pictures, slices, top)
        flat = measured(many, top, sample=True)
        dask = {
            workers: rate_of("dask_batch", str(workers), str(few), str(top / f"{workers}.csv")) for workers in (1, 2)
        }
    found: dict[str, Any] = {
        "slices": slices,
        "real": bool(os.environ.get("COVIDVIEWER_DATA")),
        "bare_rate": mean(bare),
        "bare_rates": bare,
        "rates": {name: one.rate for name, one in ours.items()},
        "keras_rate": keras,
        "memory_mb": memory_of(flat, slices * 5 // 2),
        "dask_rates": {str(workers): rate for workers, rate in dask.items()},
    }
    verdicts = bounds(found)
    holds = all(kept for kept, _ in verdicts)
    lines = [line for _, line in verdicts]
    record("batch", {**found, "bounds": lines, "holds": holds}, table(found), arguments)
    print("\n".join(lines))
    return 0 if holds else 1


def table(found: dict[str, Any]) -> list[list[str]]:
    """What was measured, for people."""
    early, late = found["memory_mb"]
    bare = found["bare_rate"]
    return [
        ["start included", "slices a second", ""],
        ["network alone, preloaded", f"{bare:.1f}", ""],
        *([name, f"{rate:.1f}", f"{rate / bare:.0%} of the network"] for name, rate in found["rates"].items()),
        ["Keras script, pictures", f"{found['keras_rate']:.1f}", ""],
        ["Dask, 1 worker of 1 thread", f"{found['dask_rates']['1']:.1f}", ""],
        ["Dask, 2 workers of 1 thread", f"{found['dask_rates']['2']:.1f}", ""],
        ["memory early and at the end, MB", f"{early:.0f}", f"{late:.0f}"],
    ]


def bounds(found: dict[str, Any]) -> list[tuple[bool, str]]:
    """Each bound with whether it holds; all are from above."""
    early, late = found["memory_mb"]
    dask = found["dask_rates"]
    network = [
        verdict(f"the network's rate over that of {name}", found["bare_rate"] / rate, 1 / OF_BARE)
        for name, rate in found["rates"].items()
    ]
    return [
        *network,
        verdict("the Keras script's rate over ours", found["keras_rate"] / found["rates"]["pictures"], 1 / OF_KERAS),
        verdict("memory at the end over early", late / early, FLAT),
        verdict("one worker's rate over two", dask["1"] / dask["2"], 1 / TWO_WORKERS),
    ]


def real(folder: str, pattern: str) -> list[Path]:
    """Files of the data folder; none where it is not named."""
    data = os.environ.get("COVIDVIEWER_DATA")
    return sorted(path for path in (Path(data) / folder).rglob(pattern) if path.is_file()) if data else []


def drawn_pictures(top: Path) -> list[Path]:
    """Eight synthetic slices."""
    (top / "drawn").mkdir(exist_ok=True)
    for seed in range(8):
        write_phantom_png(top / "drawn" / f"{seed}.png", phantom_slice(seed, lesions=seed % 4, size=320))
    return sorted((top / "drawn").iterdir())


def drawn_scan(top: Path) -> list[Path]:
    """Sixteen synthetic slices of 512 x 512."""
    return write_phantom_series(top / "drawn-scan", seed=1, slices=16, lesions=3)


def filled(folder: Path, files: Iterable[Path], count: int) -> Path:
    """A folder with so many files, copies where there are fewer."""
    folder.mkdir()
    for number, path in enumerate(islice(cycle(files), count)):
        shutil.copyfile(path, folder / f"{number:05d}{path.suffix}")
    return folder


def bare_rate() -> float:
    """Slices a second of the network alone."""
    return rate_of("bare_network", str(SECONDS))


def rate_of(subject: str, *words: str) -> float:
    """What a subject says of itself."""
    done = subprocess.run(
        [sys.executable, "-m", f"{SUBJECTS}.{subject}", *words],
        cwd=ROOT, env=as_installed(), check=False, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{subject} ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    return float(json.loads(done.stdout.splitlines()[-1])["rate"])


def keras_rate(pictures: Path, slices: int, top: Path) -> float:
    """Pictures a second of the Keras script, start included."""
    script = Path(__file__).parent / "subjects" / "keras_batch.py"
    network = forms.prepared(forms.PAPER) / forms.PAPER
    began = perf_counter()
    command = [sys.executable, str(script), str(network), str(pictures), str(top / "keras.csv")]
    done = subprocess.run(
        command, env=as_installed(KERAS_BACKEND="tensorflow"), check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"the Keras script failed: {done.stderr.strip()[-500:]}")
    return slices / (perf_counter() - began)


def measured(folder: Path, top: Path, sample: bool = False) -> Run:
    """`covidviewer batch` on a folder; with `sample`, its memory meanwhile (Linux)."""
    output = top / f"{folder.name}.csv"
    command = [sys.executable, "-m", "covidviewer", "batch", str(folder), "--out", str(output)]
    journal = output.with_name(output.name + ".journal")
    memory: list[tuple[int, float]] = []
    began = perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=as_installed(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        while sample and process.poll() is None:
            sleep(0.5)
            memory.append((lines_of(journal), tree_mb(process.pid)))
        text, _ = process.communicate()
    elapsed = perf_counter() - began
    counted = re.search(r"^(\d+) files", text, re.MULTILINE)
    if counted is None:
        raise SystemExit(f"the batch failed: {text[-500:]}")
    return Run(int(counted[1]) / elapsed, tuple(memory))


def lines_of(journal: Path) -> int:
    """Files that are done."""
    try:
        with journal.open("rb") as file:
            return sum(1 for _ in file) - 1
    except OSError:
        return 0


def tree_mb(process: int) -> float:
    """Resident MB of a process and its children; 0 where the system does not tell."""
    try:
        threads = Path(f"/proc/{process}/task").iterdir()  # a child is its thread's; the readers have one of their own
        children = [child for one in threads for child in (one / "children").read_text(encoding="ascii").split()]
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6 + sum(tree_mb(int(child)) for child in children)


def memory_of(one: Run, files: int) -> tuple[float, float]:
    """The most that was taken around `EARLY` files (a tenth, where there are fewer), and in the last tenth."""
    early = min(EARLY, files // 10)
    first = [mb for done, mb in one.memory if early <= done <= 2 * early + BATCH]
    last = [mb for done, mb in one.memory if done >= files * 9 // 10]
    return max(first, default=0.0) or 1.0, max(last, default=0.0)
