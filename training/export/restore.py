"""The run of a shipped model, from the repository alone: to measure or export it again where its checkpoint is not.

A checkpoint has 680 MB and is not kept; the model's file holds the same network with its weights rounded to 7 bits, and
its report what the run was told.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from covidviewer.errors import OutputUnwritable, UnreadableFile
from training.data.folders import labelled_samples
from training.data.inference_inputs import evenly, framed
from training.data.split import read_split
from training.litert.unfold_batch_norm import STATISTICS_SLICES, unfolded_weights
from training.network import run as runs
from training.network.checkpoint import LAST, Checkpoint, Weights, save_checkpoint
from training.network.config import load_config
from training.network.network import HEAD
from training.network.run import parts_of


def restore(model: Path, report: Path, split: Path, data: Path, out: Path, say: Callable[[str], None]) -> None:
    """Write the folder of a run that was trained to its end.

    Parameters
    ----------
    model
        The LiteRT file that `export` wrote, with its arrays (.npz) beside it.
    report
        The folder of its report, named by its version: config, facts and log.
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
    version = re.fullmatch(r"\d+\.([0-9a-f]{8})", report.resolve().name)
    facts = runs.read_json(report / runs.FACTS)
    if not (report / runs.LOG).is_file():
        raise UnreadableFile("{file} is missing.", file=str(report / runs.LOG))
    for file, digest in ((model, version and version[1]), (split, facts.get("split_sha256"))):
        if not digest or not file.is_file() or not runs.file_hash(file).startswith(digest):
            raise UnreadableFile("{file} is not what the report {report} is about.", file=str(file), report=str(report))
    if (out / runs.CONFIG).exists() or (out / LAST).exists():
        raise OutputUnwritable("{folder} holds a run already; choose another folder.", folder=str(out))
    config = load_config(str(report / runs.CONFIG))
    facts["restored_from"] = {"version": report.resolve().name, "sha256": runs.file_hash(model)}
    run = runs.Run(out, config, read_split(split), facts)
    head = held_out_head(model.with_suffix(".npz"))
    say("Framing training slices, and measuring the network's statistics on them")
    training = parts_of(run, labelled_samples(data))["train"]
    inputs, _ = framed([training[place] for place in evenly([one.label for one in training], STATISTICS_SLICES)])
    weights = unfolded_weights(model, inputs) | head
    runs.begin(out, run.config, run.split, run.facts)
    shutil.copyfile(report / runs.LOG, out / runs.LOG)
    last = len(config.phases) - 1
    save_checkpoint(Checkpoint(last, config.phases[last].epochs, {}, weights, (), {}), out / LAST)
    say(f"-> {out}")


def held_out_head(file: Path) -> Weights:
    """The head that has not seen the validation slices, from the arrays that `export` wrote, by `weights_by_name`'s
    names: kernel (channels, 2) and bias (2,) float32. Raises `UnreadableFile`.
    """
    try:
        with np.load(file) as arrays:
            return {f"{HEAD}/{name}": arrays[f"held_out/{name}"] for name in ("kernel", "bias")}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as fault:
        raise UnreadableFile("{file} holds no head of an exported model.", file=str(file)) from fault
