"""How each engine that is installed is opened, and why one is not there. Loads no engine before it is opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import DeviceUnavailable, Sentence
from covidviewer.inference.bundle import Bundle
from covidviewer.inference.classifier import Classifier, Predictions
from covidviewer.inference.engines import litert, openvino
from covidviewer.inference.engines.compiled_cache import CompiledStore
from covidviewer.inference.engines.gpu import graphics_processors
from covidviewer.inference.engines.report import LITERT_CPU, LITERT_GPU, OPENVINO_CPU, Kind, Place
from covidviewer.inference.selfcheck import compare, synthetic_input

Opener = Callable[[], Classifier]


def installed_engines(bundle: Bundle, store: CompiledStore, threads: int) -> Mapping[Place, Opener]:
    """How to open each engine that is installed, with so many threads of the processor. No look at graphics yet.

    Vulkan may take a second to answer.
    """
    plan = bundle.card.self_check

    def is_right(predict: Callable[[NDArray[np.float32]], Predictions]) -> bool:
        seen = predict(synthetic_input(plan.seeds[0])[None])
        return compare(seen, bundle.expected_of(OPENVINO_CPU.engine, Kind.CPU), plan.tolerances[Kind.CPU]).passed

    found: dict[Place, Opener] = {}
    if litert.runtime_version():
        found[LITERT_CPU] = lambda: litert.LiteRtProcessor(bundle.model_file, threads)
        found[LITERT_GPU] = lambda: open_graphics(bundle)
    if openvino.runtime_version():
        found[OPENVINO_CPU] = lambda: openvino.OpenVinoProcessor(
            bundle.model_file, bundle.card.sha256, store, is_right, threads
        )
    return MappingProxyType(found)


def open_graphics(bundle: Bundle) -> Classifier:
    """LiteRT on the graphics processor that Vulkan or Metal names first. Raises `DeviceUnavailable`."""
    graphics = graphics_processors()
    if not graphics:
        raise DeviceUnavailable(litert.NO_GPU)
    return litert.LiteRtGraphics(bundle.model_file, graphics[0].name)


def absent(place: Place, openers: Mapping[Place, Opener]) -> str:
    """Why a place cannot be opened at all, or ''."""
    if place in openers:
        return ""
    return litert.NO_GPU if place.kind is Kind.GPU else Sentence("{engine} is not installed here.", engine=place.title)
