"""Which engine computes: no wrong one, the remembered answer without a second check.

A clearly faster one for long runs.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from covidviewer.errors import BrokenModel, DeviceUnavailable
from covidviewer.inference.bundle import Bundle
from covidviewer.inference.classifier import Classifier, Predictions
from covidviewer.inference.engines import choice as module
from covidviewer.inference.engines.choice import WRONG_GPU, Engines
from covidviewer.inference.engines.compiled_cache import CompiledStore
from covidviewer.inference.engines.measurements import EngineMemory
from covidviewer.inference.engines.report import LITERT_CPU, LITERT_GPU, OPENVINO_CPU, Place
from tests.unit.inference.small_model import reference, small_bundle, weights


class Engine:
    """The network in NumPy, as any engine on any device; `wrong` adds to the features."""

    def __init__(self, place: Place, wrong: float = 0.0) -> None:
        self.engine, self.device = place.engine, place.kind.upper()
        self.wrong, self.slices, self.closed = wrong, 0, False

    def predict(self, inputs: NDArray[np.float32]) -> Predictions:
        self.slices += len(inputs)
        right = reference(weights(), inputs)
        return Predictions(right.probabilities, right.features + np.float32(self.wrong), right.feature_maps)

    def close(self) -> None:
        self.closed = True


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return small_bundle(tmp_path_factory.mktemp("model"))


MakeEngines = Callable[..., Engines]


@pytest.fixture
def made(bundle: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeEngines:
    """`made(engine, ...)`: the program's engines on a computer that has these, with one memory for the test."""
    monkeypatch.setattr(module, "graphics_processors", lambda: ())

    def make(*engines: tuple[Place, Engine]) -> Engines:
        def opener(engine: Engine) -> Callable[[], Classifier]:
            return lambda: engine

        openers = {place: opener(engine) for place, engine in engines}
        return Engines(bundle, EngineMemory(tmp_path / "engines.json"), CompiledStore(tmp_path), openers)

    return make


def test_the_start_takes_litert_after_it_reproduced_the_drawn_inputs(made: MakeEngines, bundle: Bundle) -> None:
    litert, other = Engine(LITERT_CPU), Engine(OPENVINO_CPU)
    classifier, report = made((LITERT_CPU, litert), (OPENVINO_CPU, other)).choose()
    assert classifier is litert
    assert litert.slices == len(bundle.card.self_check.seeds)
    assert other.slices == 0
    assert report.chosen.place == LITERT_CPU
    assert report.chosen.measured is not None
    assert report.chosen.measured.check.passed
    assert report.notice == ""


def test_a_second_start_remembers_and_checks_nothing(made: MakeEngines) -> None:
    made((LITERT_CPU, Engine(LITERT_CPU))).choose()
    again = Engine(LITERT_CPU)
    _, report = made((LITERT_CPU, again)).choose()
    assert again.slices == 0
    assert report.chosen.measured is not None
    assert report.chosen.measured.check.passed


def test_another_engine_goes_on_when_one_computes_wrong_values(made: MakeEngines) -> None:
    wrong, right = Engine(LITERT_CPU, wrong=1.0), Engine(OPENVINO_CPU)
    classifier, report = made((LITERT_CPU, wrong), (OPENVINO_CPU, right)).choose()
    assert classifier is right
    assert wrong.closed
    assert report.notice == "LiteRT failed the self-check on this CPU; using another engine."


def test_nothing_is_scored_when_every_processor_engine_is_wrong(made: MakeEngines) -> None:
    with pytest.raises(BrokenModel):
        made((LITERT_CPU, Engine(LITERT_CPU, 1.0)), (OPENVINO_CPU, Engine(OPENVINO_CPU, 1.0))).choose()


def test_a_wrong_processor_engine_is_checked_again_at_the_next_start(made: MakeEngines) -> None:
    with pytest.raises(BrokenModel):
        made((LITERT_CPU, Engine(LITERT_CPU, 1.0))).choose()
    classifier, _ = made((LITERT_CPU, Engine(LITERT_CPU))).choose()
    assert classifier.engine == "litert"


def test_a_right_graphics_processor_is_used_when_asked_for(made: MakeEngines) -> None:
    graphics = Engine(LITERT_GPU)
    classifier, report = made((LITERT_CPU, Engine(LITERT_CPU)), (LITERT_GPU, graphics)).choose(device="gpu")
    assert classifier is graphics
    assert report.notice == ""


def test_a_wrong_graphics_processor_gives_way_to_the_processor_now_and_at_the_next_start(made: MakeEngines) -> None:
    for opened in (True, False):
        graphics = Engine(LITERT_GPU, wrong=1.0)
        classifier, report = made((LITERT_CPU, Engine(LITERT_CPU)), (LITERT_GPU, graphics)).choose(device="gpu")
        assert classifier.device == "CPU"
        assert report.notice == WRONG_GPU
        assert (graphics.slices > 0) == opened


def test_without_a_graphics_processor_the_sentence_says_so(made: MakeEngines) -> None:
    classifier, report = made((LITERT_CPU, Engine(LITERT_CPU))).choose(device="gpu")
    assert classifier.device == "CPU"
    assert report.notice.startswith("No suitable GPU")


def test_the_graphics_processor_is_not_touched_unless_asked_for(made: MakeEngines) -> None:
    graphics = Engine(LITERT_GPU)
    made((LITERT_CPU, Engine(LITERT_CPU)), (LITERT_GPU, graphics)).choose()
    assert graphics.slices == 0


def test_an_engine_asked_for_by_name_is_the_one_that_computes(made: MakeEngines) -> None:
    both = made((LITERT_CPU, Engine(LITERT_CPU)), (OPENVINO_CPU, Engine(OPENVINO_CPU)))
    assert both.choose(engine="openvino")[0].engine == "openvino"
    with pytest.raises(DeviceUnavailable, match="openvino"):
        made((LITERT_CPU, Engine(LITERT_CPU))).choose(engine="openvino")


@pytest.mark.parametrize(("other_ms", "changes"), [(0.5, True), (0.95, False), (2.0, False)])
def test_a_long_run_changes_only_to_a_clearly_faster_engine(
    made: MakeEngines, monkeypatch: pytest.MonkeyPatch, other_ms: float, changes: bool
) -> None:
    times = {"litert": 1.0, "openvino": other_ms}
    monkeypatch.setattr(module, "milliseconds_per_slice", lambda classifier, *_: times[classifier.engine])
    litert, other = Engine(LITERT_CPU), Engine(OPENVINO_CPU)
    engines = made((LITERT_CPU, litert), (OPENVINO_CPU, other))
    current, _ = engines.choose()
    found = engines.faster(current)
    assert (found is not None) == changes
    assert other.closed != changes
    assert not litert.closed
    if found is not None:
        assert found[0] is other
        assert found[1].chosen.place == OPENVINO_CPU


def test_a_faster_engine_that_is_wrong_is_not_offered(made: MakeEngines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "milliseconds_per_slice", lambda classifier, *_: 1.0 + (classifier.engine == "litert"))
    engines = made((LITERT_CPU, Engine(LITERT_CPU)), (OPENVINO_CPU, Engine(OPENVINO_CPU, 1.0)))
    current, _ = engines.choose()
    assert engines.faster(current) is None


def test_what_an_earlier_run_measured_is_told_without_opening_the_engine(made: MakeEngines) -> None:
    made((LITERT_CPU, Engine(LITERT_CPU)), (OPENVINO_CPU, Engine(OPENVINO_CPU))).survey()
    other = Engine(OPENVINO_CPU)
    _, report = made((LITERT_CPU, Engine(LITERT_CPU)), (OPENVINO_CPU, other)).choose()
    (line,) = (row for row in report.rows if row.place == OPENVINO_CPU)
    assert line.measured is not None
    assert line.measured.sixteen_ms is not None
    assert not line.chosen
    assert other.slices == 0


def test_the_survey_has_a_line_for_every_engine(made: MakeEngines) -> None:
    rows = made((LITERT_CPU, Engine(LITERT_CPU)), (OPENVINO_CPU, Engine(OPENVINO_CPU, 1.0))).survey().rows
    lines = [row.as_json() for row in rows]
    assert [(line["name"], line["chosen"]) for line in lines] == [
        ("litert", True),
        ("openvino", False),
        ("litert", False),
    ]
    assert all(set(line) == set(lines[0]) for line in lines)
    assert lines[1]["problem"] != ""
    assert str(lines[2]["problem"]).startswith("No suitable GPU")
