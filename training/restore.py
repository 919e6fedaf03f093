"""The run of a shipped model, from the repository alone: to measure or export it again where its checkpoint is not.

A checkpoint has 680 MB and is not kept; the model's file holds the same network with its weights rounded to 7 bits, and
its report what the run was told.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from covidviewer.errors import OutputUnwritable, UnreadableFile
from training import run as runs
from training.checkpoint import LAST, Checkpoint, save_checkpoint
from training.config import load_config
from training.data import labelled_samples
from training.export import framed, thinned
from training.split import read_split
from training.unfold import unfolded_weights

STATISTICS_SLICES = 240


def restore(model: Path, report: Path, split: Path, data: Path, out: Path, say: Callable[[str], None]) -> None:
    """Write the folder of a run that was trained to its end.

    Parameters
    ----------
    model
        The LiteRT file that `export` wrote.
    report
        The folder of its report: config, facts and log.
    split
        The split that the run was trained on.
    data
        The labelled pictures, over whose training slices the batch statistics are measured.
    out
        The run's folder, which must not hold a run yet.
    say
        Told what is being done.

    Raises `UnreadableFile` when model, report and split do not belong together, `OutputUnwritable` for a folder that
    is in use.
    """
    if (out / LAST).exists():
        raise OutputUnwritable("{folder} holds a run already; choose another folder.", folder=str(out))
    facts = runs.read_json(report / runs.FACTS)
    beginnings = ((model, report.resolve().name.rpartition(".")[2]), (split, facts.get("split_sha256")))
    for file, beginning in beginnings:  # a report's folder is named by its model's version, which ends with its hash
        if not file.is_file() or not beginning or not runs.file_hash(file).startswith(beginning):
            raise UnreadableFile("{file} is not what the report {report} is about.", file=str(file), report=str(report))
    config, parts = load_config(str(report / runs.CONFIG)), read_split(split)
    say("Framing training slices, and measuring the network's statistics on them")
    inputs, _ = framed(thinned(parts.part(labelled_samples(data), "train"), STATISTICS_SLICES))
    weights = unfolded_weights(model, inputs)
    runs.begin(out, config, parts, facts)
    shutil.copyfile(report / runs.LOG, out / runs.LOG)
    last = len(config.phases) - 1
    save_checkpoint(Checkpoint(last, config.phases[last].epochs, {}, weights, (), {}), out / LAST)
    say(f"-> {out}")
