"""The results files: JSON for programs, Markdown for people, one pair for each benchmark and kind of processor."""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from covidviewer import __version__
from covidviewer.inference.engines.cpu import physical_cores, processor_name
from covidviewer.paths import cache_folder
from training.fit.hardware import processor_flags

RESULTS = Path(__file__).resolve().parent / "results"
INSTRUCTIONS = ("avx2", "avx_vnni", "avx512f", "avx512_vnni", "avx512_bf16", "amx_int8", "asimddp", "i8mm")
"""Instruction sets that decide how fast a network runs."""
PACKAGES = ("ai-edge-litert", "openvino", "onnxruntime", "tensorflow-cpu", "tensorflow", "keras", "pyside6-essentials")


def computer() -> dict[str, Any]:
    """What the figures were measured on."""
    flags = processor_flags()
    return {
        "processor": processor_name(),
        "instruction_sets": [name for name in INSTRUCTIONS if name in flags],
        "physical_cores": physical_cores(),
        "system": f"{platform.system()} {platform.release()}, {platform.machine()}",
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "packages": {name: found for name in PACKAGES if (found := installed(name))},
    }


def installed(package: str) -> str:
    """Version of an installed package, or ''."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def arithmetic(instruction_sets: list[str]) -> str:
    """The widest int8 arithmetic of a processor, in a word: what its row in the README is told apart by."""
    names = (("amx_int8", "AMX"), ("avx512_vnni", "AVX-512 VNNI"), ("avx_vnni", "AVX-VNNI"), ("avx2", "AVX2"))
    return next((word for name, word in names if name in instruction_sets), "other")


def record(benchmark: str, figures: dict[str, Any], table: list[list[str]], arguments: argparse.Namespace) -> None:
    """Print the table, and write `results/<benchmark>-<processor>.json` and `.md` unless --no-record was given."""
    here = computer()
    print(markdown(table))
    if arguments.no_record:
        return
    stem = f"{benchmark}-{slug(here['processor'] + ' ' + arithmetic(here['instruction_sets']))}"
    content = {
        "benchmark": benchmark,
        "measured": datetime.now(UTC).date().isoformat(),
        "covidviewer": __version__,
        "computer": here,
        **figures,
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{stem}.json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    about = (
        f"{here['processor']}, {here['physical_cores']} cores ({', '.join(here['instruction_sets'])}), {here['system']}"
    )
    text = f"# {benchmark}\n\n{about}, Python {here['python']}, {content['measured']}\n\n{markdown(table)}\n"
    (RESULTS / f"{stem}.md").write_text(text, encoding="utf-8")
    print(f"\nwritten: {RESULTS / stem}.json")


def as_installed(**variables: str) -> dict[str, str]:
    """The environment of a measured process: compiled modules are kept (in our cache), as after an installation."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(cache_folder("benchmarks") / "compiled"), **variables}


def slug(text: str) -> str:
    """Lower-case letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"\((R|TM)\)|@.*", "", text, flags=re.IGNORECASE).lower()).strip("-")


def markdown(table: list[list[str]]) -> str:
    """A table whose first row is the header; numbers to the right."""
    header, *rows = table
    line = "|---|" + "---:|" * (len(header) - 1)
    return "\n".join(["| " + " | ".join(header) + " |", line, *("| " + " | ".join(row) + " |" for row in rows)])


def verdict(name: str, value: float, bound: float, unit: str = "") -> tuple[bool, str]:
    """Whether `value` keeps a bound from above, and the line that says so."""
    holds = value <= bound
    return holds, f"{'holds' if holds else 'BROKEN'}: {name}: {value:.2f}{unit}, bound {bound:.2f}{unit}"
