"""What computes here: the processor's name and its physical cores. Standard library only; reads, never fails."""

from __future__ import annotations

import ctypes
import os
import platform
import subprocess
from functools import cache
from pathlib import Path

from covidviewer.errors import Sentence

TOPOLOGY = Path("/sys/devices/system/cpu")
CPUINFO = Path("/proc/cpuinfo")
CORE = 0
"""RelationProcessorCore of Windows' GetLogicalProcessorInformation."""


@cache
def physical_cores() -> int:
    """Physical cores that this process may use, at least 1; second threads of a core only slow int8 products down."""
    try:
        count = _counted()
    except (OSError, ValueError, AttributeError, subprocess.SubprocessError):
        count = 0
    return count or os.cpu_count() or 1


def threads_text(threads: int) -> str:
    """ "CPU, 2 threads" """
    return Sentence("CPU, {n} threads", n=threads) if threads > 1 else Sentence("CPU, 1 thread")


@cache
def processor_name() -> str:
    """The processor's name as its maker writes it, or the machine's type."""
    try:
        if platform.system() == "Linux":
            lines = CPUINFO.read_text(encoding="utf-8", errors="replace").splitlines()
            return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
        if platform.system() == "Darwin":
            return _sysctl("machdep.cpu.brand_string")
    except (OSError, StopIteration, subprocess.SubprocessError):
        pass
    return platform.processor() or platform.machine()


def _counted() -> int:
    if platform.system() == "Linux":
        return len({_core(number) for number in os.sched_getaffinity(0)})
    if platform.system() == "Darwin":
        return int(_sysctl("hw.physicalcpu"))
    return _windows_cores()


def _core(number: int) -> str:
    """A core's identity: the list of its threads ("0,8")."""
    return (TOPOLOGY / f"cpu{number}/topology/thread_siblings_list").read_text(encoding="ascii").strip()


def _sysctl(name: str) -> str:
    return subprocess.run(
        ["/usr/sbin/sysctl", "-n", name], capture_output=True, text=True, check=True, timeout=5
    ).stdout.strip()


class _Entry(ctypes.Structure):
    """SYSTEM_LOGICAL_PROCESSOR_INFORMATION."""

    _fields_ = (("mask", ctypes.c_size_t), ("relation", ctypes.c_int), ("rest", ctypes.c_ulonglong * 2))


def _windows_cores() -> int:
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    size = ctypes.c_ulong(0)
    kernel.GetLogicalProcessorInformation(None, ctypes.byref(size))
    entries = (_Entry * (size.value // ctypes.sizeof(_Entry)))()
    kernel.GetLogicalProcessorInformation(entries, ctypes.byref(size))
    return sum(entry.relation == CORE for entry in entries)
