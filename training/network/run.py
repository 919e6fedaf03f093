"""A run's folder: what it was told, what it was made from, how long it took.

config.json  split.json  facts.json  log.jsonl  last.npz  best.npz  metrics.json  scores.csv  grouped-scores.csv
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from covidviewer.errors import UnreadableFile
from covidviewer.files import atomic_write, make_folder, unwritable
from training.data.samples import Sample
from training.data.split import PARTS, Split, read_split, write_split
from training.network.config import Config, config_as_json, config_from, load_config

CONFIG, SPLIT, FACTS, METRICS, SCORES, LOG = (
    "config.json",
    "split.json",
    "facts.json",
    "metrics.json",
    "scores.csv",
    "log.jsonl",
)
OUT_OF_FOLD = "grouped-scores.csv"
"""The folds' `SCORES`, beside the metrics of the run that they belong to."""


@dataclass(frozen=True)
class Run:
    """A run's folder with its config and split; `facts` are of JSON types, empty for a run started by other means."""

    folder: Path
    config: Config
    split: Split
    facts: Mapping[str, Any]


def write_json(content: Any, file: Path) -> None:
    """Write a JSON file, whole or not at all, and the folder it is in. Raises `OutputUnwritable`."""
    make_folder(file.parent)
    atomic_write(file, (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode())


def read_json(file: Path) -> Any:
    """Read a JSON file. Raises `UnreadableFile`."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableFile("{file} cannot be read or is damaged.", file=str(file)) from error


def begin(folder: Path, config: Config, split: Split, facts: Mapping[str, Any]) -> None:
    """Write what the run was told into its folder. Raises `OutputUnwritable`."""
    write_json(config_as_json(config), folder / CONFIG)
    write_json(dict(facts), folder / FACTS)
    write_split(split, folder / SPLIT)


def keep_record(run: Path, folder: Path) -> tuple[Path, ...]:
    """Copy what a run was told and how it went, of which there is, into another folder; returns the copies.

    It stands beside a shipped model's report. Raises `OutputUnwritable`.
    """
    if run.resolve() == folder.resolve():
        return ()
    kept = [name for name in (CONFIG, FACTS, LOG, OUT_OF_FOLD) if (run / name).is_file()]
    return tuple(copied(run / name, folder / name) for name in kept)


def copied(file: Path, to: Path) -> Path:
    """Copy a file; the copy. Raises `OutputUnwritable`."""
    try:
        return Path(shutil.copyfile(file, to))
    except OSError as error:
        raise unwritable(to, error) from error


def open_run(folder: Path, config: str | None = None, split: Path | None = None) -> Run:
    """Read a run's folder; `config` and `split` stand in for what it does not hold. Raises `UnreadableFile`."""
    if not folder.is_dir():
        raise UnreadableFile("There is no run {folder}.", folder=str(folder))
    try:
        told = load_config(config) if config else config_from(read_json(folder / CONFIG))
        parts = read_split(split or folder / SPLIT)
    except (OSError, ValueError, KeyError) as error:
        raise UnreadableFile("The run {folder} has no readable config and split.", folder=str(folder)) from error
    facts = read_json(folder / FACTS) if (folder / FACTS).exists() else {}
    return Run(folder, told, parts, facts)


def read_log(folder: Path) -> list[dict[str, Any]]:
    """One record per epoch, as the loop wrote them; an epoch trained twice after a kill is kept once, the last time."""
    file = folder / LOG
    if not file.exists():
        return []
    kept: dict[tuple[str, int], dict[str, Any]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            record = json.loads(line)
            kept[record["phase"], record["epoch"]] = record
        except (ValueError, KeyError):
            continue  # a line cut off by a kill
    return list(kept.values())


def training_cost(run: Run) -> dict[str, Any]:
    """What a run took, from its log: passes over the training slices ("epochs"), hours, and hours of processor time.

    Processor hours are None for a log whose epochs did not all record theirs.
    """
    log = read_log(run.folder)
    passes = {phase.name: phase.passes for phase in run.config.phases}
    seconds = [record["processor_seconds"] for record in log if "processor_seconds" in record]
    return {
        "epochs": sum(record.get("passes", passes.get(record["phase"], 1)) for record in log),
        "hours": round(sum(record["seconds"] for record in log) / 3600, 3),
        "processor_hours": round(sum(seconds) / 3600, 3) if len(seconds) == len(log) else None,
    }


def names_hash(samples: Sequence[Sample]) -> str:
    """SHA-256 over the names and sizes of the files, in order: which data set this was."""
    digest = hashlib.sha256()
    for sample in samples:
        digest.update(f"{sample.name}\t{sample.path.stat().st_size}\n".encode())
    return digest.hexdigest()


def file_hash(file: Path) -> str:
    """SHA-256 of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def part_sizes(split: Split) -> dict[str, int]:
    """Slices in each part."""
    return {part: len(getattr(split, part)) for part in PARTS}


def parts_of(run: Run, samples: Sequence[Sample]) -> dict[str, tuple[Sample, ...]]:
    """The run's parts. Raises `UnreadableFile` when a picture of the split is missing."""
    try:
        return {part: run.split.part(samples, part) for part in ("train", "validation", "test")}
    except KeyError as error:
        raise UnreadableFile(
            "The split names {file}, which the data folder does not hold.", file=str(error.args[0])
        ) from error
