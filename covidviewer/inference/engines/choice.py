"""Which engine computes: those that are installed, reproduce the self-check, and are fastest here.

No device is trusted before it gave the card's values for the card's drawn inputs; what was found is remembered. A
start takes the engine that is ready first; a long run may change to a faster one. All of it happens on the inference
thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from time import perf_counter
from typing import Final

import numpy as np

from covidviewer.errors import BrokenModel, CovidViewerError, DeviceUnavailable
from covidviewer.inference.bundle import Bundle
from covidviewer.inference.classifier import Classifier
from covidviewer.inference.engines import litert, openvino
from covidviewer.inference.engines.compiled_cache import CompiledStore
from covidviewer.inference.engines.cpu import physical_cores, processor_name
from covidviewer.inference.engines.gpu import graphics_processors
from covidviewer.inference.engines.measurements import EngineMemory, Measured, milliseconds_per_slice
from covidviewer.inference.engines.openers import Opener, absent, installed_engines
from covidviewer.inference.engines.report import (
    LITERT_CPU,
    LITERT_GPU,
    OPENVINO_CPU,
    PLACES,
    EngineReport,
    EngineRow,
    Kind,
    Place,
)
from covidviewer.inference.selfcheck import CheckOutcome, check, synthetic_input
from covidviewer.paths import cache_folder
from covidviewer.texts import N_

WRONG_GPU: Final = N_("The GPU failed the self-check; using the CPU.")
WRONG_ENGINE: Final = "{engine} failed the self-check on this CPU; using another engine."


class Engines:
    """The engines of this computer for one model.

    Parameters
    ----------
    bundle
        The model.
    memory, store
        Where measurements and compiled networks are kept; None: the user's cache folder.
    openers
        How each place is opened; None: the engines that there are. Tests put wrong ones in.
    threads
        Of the processor; 0: one a physical core.
    """

    def __init__(
        self,
        bundle: Bundle,
        memory: EngineMemory | None = None,
        store: CompiledStore | None = None,
        openers: Mapping[Place, Opener] | None = None,
        threads: int = 0,
    ) -> None:
        self._bundle = bundle
        self._memory = memory or EngineMemory(cache_folder("engines.json"))
        self._store = store or CompiledStore(cache_folder("openvino"))
        self._threads = threads or physical_cores()
        self._openers = installed_engines(bundle, self._store, self._threads) if openers is None else openers
        self._rows = {
            place: EngineRow(place, measured=self._recalled(place), problem=absent(place, self._openers))
            for place in PLACES
        }

    def choose(self, engine: str = "auto", device: str = "auto") -> tuple[Classifier, EngineReport]:
        """Open an engine that is right.

        Parameters
        ----------
        engine
            "auto", "litert", "openvino".
        device
            "auto" and "cpu": the processor; "gpu": the graphics processor, and the processor when that is wrong or
            absent.

        Raises `BrokenModel` when no engine computes the model rightly, `DeviceUnavailable` when the one asked for by
        name is not installed.
        """
        if engine != "auto" and all(place.engine != engine for place in self._openers):
            raise DeviceUnavailable("The engine {engine} is not installed here.", engine=engine)
        notice, wrong = "", None
        for place in self._order(engine, device):
            try:
                return self._opened(place), self.report(place, notice)
            except CovidViewerError as problem:
                notice = notice or str(problem)
                self._rows[place] = replace(self._rows[place], problem=str(problem))
                wrong = problem
        raise BrokenModel("The model failed the self-check on this computer; nothing is scored.") from wrong

    def faster(self, current: Classifier) -> tuple[Classifier, EngineReport] | None:
        """An engine on the processor that is right and clearly faster than `current` for many slices, or None.

        Takes seconds.
        """
        here = next(
            place
            for place in PLACES
            if place.engine == current.engine and current.device.startswith(place.kind.upper())
        )
        own = self._timed(here, current)
        for place in (LITERT_CPU, OPENVINO_CPU):
            if place == here or place not in self._openers:
                continue
            remembered = self._memory.recall(self._key(place))
            if (
                remembered is not None
                and remembered.sixteen_ms is not None
                and not remembered.is_worth_changing_to(own)
            ):
                continue
            try:
                other = self._opened(place)
            except CovidViewerError as problem:
                self._rows[place] = replace(self._rows[place], problem=str(problem))
                continue
            if self._timed(place, other).is_worth_changing_to(own):
                return other, self.report(place)
            other.close()
        return None

    def survey(self, chosen: Place = LITERT_CPU) -> EngineReport:
        """Open, check and time every engine in turn, for *About this computer* and `bench`.

        Takes seconds, or minutes if a GPU is emulated in software.
        """
        for place in PLACES:
            if place not in self._openers:
                continue
            try:
                classifier = self._opened(place)
            except CovidViewerError as problem:
                self._rows[place] = replace(self._rows[place], problem=str(problem))
                continue
            self._timed(place, classifier)
            classifier.close()
        return self.report(chosen)

    def report(self, chosen: Place, notice: str = "") -> EngineReport:
        """The current table of engines."""
        rows = tuple(replace(row, chosen=place == chosen) for place, row in self._rows.items())
        return EngineReport(rows, notice)

    def _recalled(self, place: Place) -> Measured | None:
        """What was found in an earlier run; nothing of the GPU, whose name takes a second to find."""
        return self._memory.recall(self._key(place)) if place.kind is Kind.CPU and place in self._openers else None

    def _order(self, engine: str, device: str) -> tuple[Place, ...]:
        """Places to try: the wanted ones first; the processor always comes after the graphics processor."""
        wanted = (LITERT_GPU, LITERT_CPU, OPENVINO_CPU) if device == Kind.GPU else (LITERT_CPU, OPENVINO_CPU)
        named = tuple(place for place in wanted if engine in ("auto", place.engine) or place.kind is Kind.GPU)
        if engine != "auto":
            return named
        return tuple(place for place in named if place in self._openers or place.kind is Kind.GPU)

    def _opened(self, place: Place) -> Classifier:
        """The place's classifier, once it is known to be right. Raises `CovidViewerError` with the sentence why not."""
        opener = self._openers.get(place)
        if opener is None:
            raise DeviceUnavailable(absent(place, self._openers))
        key = self._key(place)
        remembered = self._memory.recall(key)
        if remembered is not None and not remembered.check.passed and place.kind is Kind.GPU:
            self._rows[place] = EngineRow(place, measured=remembered)
            raise DeviceUnavailable(WRONG_GPU)
        started = perf_counter()
        classifier = opener()
        load_ms = (perf_counter() - started) * 1000
        if remembered is None or not remembered.check.passed:
            remembered = Measured(self._check(place, classifier), load_ms)
            self._memory.remember(key, remembered)
        self._rows[place] = EngineRow(place, classifier.device, replace(remembered, load_ms=load_ms))
        if not remembered.check.passed:
            classifier.close()
            raise DeviceUnavailable(WRONG_GPU if place.kind is Kind.GPU else WRONG_ENGINE, engine=place.title)
        return classifier

    def _check(self, place: Place, classifier: Classifier) -> CheckOutcome:
        plan = self._bundle.card.self_check
        expected = self._bundle.expected_of(place.engine, place.kind)
        return check(classifier, plan.seeds, expected, plan.tolerances[place.kind])

    def _timed(self, place: Place, classifier: Classifier) -> Measured:
        """Milliseconds a slice, alone and of sixteen; measured once per computer."""
        known = self._rows[place].measured or self._memory.recall(self._key(place))
        found = known or Measured(self._check(place, classifier))
        if found.one_ms is None or found.sixteen_ms is None:
            picture = np.repeat(synthetic_input(self._bundle.card.self_check.seeds[0])[None], 16, axis=0)
            rounds = 5 if place.kind is Kind.CPU else 1
            found = replace(
                found,
                one_ms=milliseconds_per_slice(classifier, picture[:1], rounds),
                sixteen_ms=milliseconds_per_slice(classifier, picture, max(1, rounds // 2))
                if place.kind is Kind.CPU
                else None,
            )
            self._memory.remember(self._key(place), found)
        self._rows[place] = EngineRow(place, classifier.device, found)
        return found

    def _key(self, place: Place) -> str:
        """What a measurement holds for: model, engine and version, device and driver."""
        version = litert.runtime_version() if place.engine == litert.ENGINE else openvino.runtime_version()
        device: tuple[object, ...] = (processor_name(), self._threads)
        if place.kind is Kind.GPU:
            device = tuple((found.name, found.driver) for found in graphics_processors())
        return repr((self._bundle.card.sha256, self._bundle.card.self_check.seeds, place.engine, version, device))
