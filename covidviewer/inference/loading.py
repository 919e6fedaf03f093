"""The one way from a choice of engine and device to a model that scores. Imports the engines: import it late."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from covidviewer.inference.analyser import Analyser
from covidviewer.inference.bundle import load_bundle
from covidviewer.inference.engines.choice import Engines
from covidviewer.inference.engines.report import EngineReport
from covidviewer.inference.engines.switch import EngineSwitch


@dataclass(frozen=True, eq=False)
class LoadedModel:
    """A model that is ready to score.

    Attributes
    ----------
    analyser
        With the engine that was chosen; whoever holds this closes it.
    engines
        Those of this computer.
    report
        Which of them were tried, and which computes now.
    switch
        Changes the analyser's engine in a long run, unless engine or device was chosen.
    """

    analyser: Analyser
    engines: Engines
    report: EngineReport
    switch: EngineSwitch


def load_model(engine: str = "auto", device: str = "auto", folder: Path | None = None, threads: int = 0) -> LoadedModel:
    """Load a model on the first engine that computes it rightly. On the thread that will use and close it.

    Parameters
    ----------
    engine, device
        See `inference.engines.choice.Engines.choose`.
    folder
        Another model's folder; None: the bundled one.
    threads
        That compute; 0: the physical cores.

    Raises
    ------
    BrokenModel
        A file is missing or damaged, or no engine computes the model rightly.
    DeviceUnavailable
        The engine that was asked for is not installed.
    UnreadableFile
        `folder` is not a folder with a model.
    """
    bundle = load_bundle(folder)
    engines = Engines(bundle, threads=threads)
    classifier, report = engines.choose(engine, device)
    analyser = Analyser(classifier, bundle)
    switch = EngineSwitch(engines, analyser, may_change=engine == "auto" and device != "gpu")
    return LoadedModel(analyser, engines, report, switch)
