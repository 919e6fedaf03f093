"""What this machine is good at: the precision to train in, and why."""

from __future__ import annotations

import importlib.util
import os
import platform
from pathlib import Path

from covidviewer.inference.engines.cpu import processor_name

BFLOAT16_FLAGS = {"amx_bf16"}
"""avx512_bf16 alone does not pay: ResNet101 at 160 px trains at 5.7 images/s with it and at 7.9 in float32 (Xeon)."""
PRECISIONS = {"float32": "float32", "bfloat16": "mixed_bfloat16"}
"""What `--precision` takes, and Keras' name of the policy."""


def processor_flags() -> frozenset[str]:
    """Instruction sets of the processor, as the kernel names them; empty where that is not known."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return frozenset()
    return frozenset(next((line.split(":", 1)[1].split() for line in lines if line.startswith("flags")), ()))


def precision() -> tuple[str, str]:
    """Keras' dtype policy for this machine, and the reason in words.

    bfloat16 without instructions for it is emulated, 86 times slower than float32 (measured), so it is never assumed.
    """
    found = sorted(processor_flags() & BFLOAT16_FLAGS)
    if found:
        return "mixed_bfloat16", f"bfloat16, which this processor computes itself ({', '.join(found)})"
    return (
        "float32",
        f"float32, because this processor ({platform.processor() or platform.machine()}) has no bfloat16 arithmetic",
    )


def choose_backend() -> str:
    """Set Keras' backend before Keras is imported.

    The one in KERAS_BACKEND, else PyTorch where it is installed, else Keras' default.
    """
    if "KERAS_BACKEND" not in os.environ and importlib.util.find_spec("torch"):
        os.environ["KERAS_BACKEND"] = "torch"
    return os.environ.get("KERAS_BACKEND", "tensorflow")


def configure(wanted: str | None = None) -> tuple[str, ...]:
    """Tell Keras the precision and to share batches among several devices; returns what to say.

    Call after `choose_backend` and before a network is built. `wanted` is "float32", "bfloat16", or None for what suits
    the machine.
    """
    import keras

    devices = devices_beside_processor()
    if wanted:
        policy, why = PRECISIONS[wanted], f"{wanted}, as asked for"
    elif devices and computes_bfloat16():
        policy, why = "mixed_bfloat16", f"bfloat16, on {', '.join(devices)}"
    elif devices:
        policy, why = "float32", f"float32, because {', '.join(devices)} has no bfloat16 arithmetic"
    else:
        policy, why = precision()
    keras.mixed_precision.set_global_policy(policy)
    lines = [f"{machine_name()}; Keras {keras.__version__} on {keras.backend.backend()}; {why}"]
    if len(devices) > 1:
        keras.distribution.set_distribution(keras.distribution.DataParallel(devices=devices))
        lines.append(f"each batch is shared among {len(devices)} devices")
    return tuple(lines)


def listed_devices() -> tuple[str, ...]:
    """The devices here, as Keras names them ("gpu:0"); empty where the backend has only the processor.

    Keras cannot list PyTorch's devices and uses the first alone: its product's name.
    """
    import keras

    if keras.backend.backend() == "torch":
        import torch

        return (torch.cuda.get_device_name(),) if torch.cuda.is_available() else ()
    try:
        return tuple(keras.distribution.list_devices())
    except (NotImplementedError, AttributeError, ValueError, RuntimeError):
        return ()


def computes_bfloat16() -> bool:
    """Whether the devices do so themselves, as far as the backend says."""
    import keras

    if keras.backend.backend() == "torch":
        import torch

        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    return True


def devices_beside_processor() -> tuple[str, ...]:
    """Of `listed_devices`, all that are not processors."""
    return tuple(device for device in listed_devices() if not device.startswith("cpu"))


def machine_name() -> str:
    """The names of the devices that train, and of the processor."""
    return "; ".join([*devices_beside_processor(), f"{processor_name()}, {os.cpu_count()} cores"])
