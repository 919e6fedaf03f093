"""Train a network by a config and a split, a checkpoint each epoch; --resume goes on after the last one."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from training.fit.hardware import PRECISIONS, choose_backend, configure


def add(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder with COVID/ and non-COVID/")
    parser.add_argument(
        "--extra", type=Path, metavar="DIR", help="clear slices of another source (LUNA16; even scans are used)"
    )
    parser.add_argument(
        "--outlined", type=Path, metavar="DIR", help="slices with outlined lungs and lesions (index.csv; part train)"
    )
    parser.add_argument("--config", required=True, metavar="NAME|FILE", help="a name in training/configs")
    parser.add_argument("--split", type=Path, required=True, metavar="FILE")
    parser.add_argument(
        "--fold", metavar="0..4|all", help="which fold to test, with a grouped split; each trains into OUT/fold-N"
    )
    parser.add_argument(
        "--weights",
        default="none",
        metavar="ct|ct:FILE|imagenet|none|FILE",
        help="initial weights: CT-pretrained (extra pretrained), a run's last.npz, or in Keras' own format",
    )
    parser.add_argument("--precision", choices=tuple(PRECISIONS), help="in place of what suits the machine")
    parser.add_argument("--seed", type=int, metavar="N", help="in place of the config's: how much a figure spreads")
    parser.add_argument("--out", type=Path, required=True, metavar="RUN", help="the run's folder")
    parser.add_argument("--resume", action="store_true", help="go on after the last checkpoint in the run's folder")
    parser.add_argument(
        "--cache", type=Path, metavar="DIR", help="framed pictures are kept here (default: cache beside the run)"
    )
    parser.add_argument(
        "--tensorboard",
        type=Path,
        metavar="DIR",
        help="draw the curves there as well, a folder a fold",
    )
    parser.add_argument("--no-estimate", action="store_true", help="do not measure three batches first")


def run(arguments: argparse.Namespace) -> None:
    """Train; what is said goes to stderr, and one line an epoch to the run's log.jsonl."""
    choose_backend()
    for line in configure(arguments.precision):
        say(line)
    from training.fit.session import TrainingSession, folds_to_train

    for folder, split in folds_to_train(arguments.split, arguments.fold, arguments.out):
        TrainingSession(
            data=arguments.data,
            extra=arguments.extra,
            outlined=arguments.outlined,
            config=arguments.config,
            seed=arguments.seed,
            split_file=arguments.split,
            split=split,
            weights=None if arguments.weights == "none" else arguments.weights,
            run=folder,
            resume=arguments.resume,
            cache=arguments.cache or arguments.out.parent / "cache",
            measure=not arguments.no_estimate,
            tensorboard=arguments.tensorboard and arguments.tensorboard / folder.name,
        ).train(say)


def say(line: str) -> None:
    """One line on stderr, with the time."""
    print(time.strftime("%H:%M:%S"), line, file=sys.stderr, flush=True)
