"""The model as it is shipped: whole, or a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from covidviewer.errors import BrokenModel, UnreadableFile
from covidviewer.inference.bundle import Bundle, load_bundle
from covidviewer.inference.card import Pooling, parse_card
from covidviewer.inference.card_text import auc_rows, card_rows, outside_sentence
from tests.unit.inference.small_model import SEEDS, small_bundle, weights


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return small_bundle(tmp_path_factory.mktemp("model"))


@pytest.fixture
def folder(bundle: Bundle, tmp_path: Path) -> Path:
    for file in bundle.model_file.parent.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


def test_a_whole_bundle_has_card_weights_and_expected_values(bundle: Bundle) -> None:
    assert bundle.card.version == "0.test"
    assert bundle.card.self_check.seeds == SEEDS
    np.testing.assert_array_equal(bundle.kernel, weights()["kernel"])
    assert bundle.expected["litert-cpu"].features.shape == (len(SEEDS), 2048)
    assert bundle.expected_of("unheard-of", "cpu") is bundle.expected["litert-cpu"]


@pytest.mark.parametrize("name", ["model.tflite", "model.npz", "training_slices.npz"])
def test_a_missing_file_is_said_by_name(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(BrokenModel, match=f"missing.*{name}|{name}.*missing"):
        load_bundle(folder)


def test_a_folder_without_a_model_is_said_by_name_and_never_to_be_installed_again(folder: Path) -> None:
    (folder / "model_card.json").unlink()
    for path, said in ((folder, "does not contain a model"), (folder / "gone", "is not a folder")):
        with pytest.raises(UnreadableFile) as caught:
            load_bundle(path)
        assert str(caught.value) == f"“{path}” {said}."


def test_the_bundled_model_is_to_be_installed_again_when_its_card_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("covidviewer.inference.bundle.resource_folder", lambda name: tmp_path / name)
    with pytest.raises(BrokenModel, match=r"missing \(model_card\.json\); reinstall the program\.$"):
        load_bundle()


def test_another_list_of_training_slices_than_the_cards_is_refused(folder: Path) -> None:
    """A whole file, which nothing but its hash tells from the right one."""
    np.savez(folder / "training_slices.npz", digests=np.array([5], np.uint64), parts=np.array([0], np.uint8))
    with pytest.raises(BrokenModel, match=r"^The model file training_slices\.npz is damaged; reinstall the program\.$"):
        load_bundle(folder)


def test_a_card_of_before_it_named_the_list_is_read_with_and_without_one(folder: Path) -> None:
    card = folder / "model_card.json"
    content = json.loads(card.read_text(encoding="utf-8"))
    del content["training_slices"]
    card.write_text(json.dumps(content), encoding="utf-8")
    assert load_bundle(folder).training_slices.digests.tolist() == [1, 2]
    (folder / "training_slices.npz").unlink()
    assert load_bundle(folder).training_slices.digests.size == 0


@pytest.mark.parametrize("name", ["model.tflite", "model.npz", "model_card.json"])
def test_a_damaged_file_is_said_by_name(folder: Path, name: str) -> None:
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 0xFF
    (folder / name).write_bytes(content)
    with pytest.raises(BrokenModel) as caught:
        load_bundle(folder)
    assert str(caught.value).count(".") <= 3
    assert "\n" not in str(caught.value)


def without(*path: str) -> Callable[[dict[str, Any]], None]:
    """Take one entry out of the card."""

    def change(content: dict[str, Any]) -> None:
        for key in path[:-1]:
            content = content[key]
        del content[path[-1]]

    return change


def with_(value: object, *path: str) -> Callable[[dict[str, Any]], None]:
    """Set one entry of the card."""

    def change(content: dict[str, Any]) -> None:
        for key in path[:-1]:
            content = content[key]
        content[path[-1]] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        with_(2, "schema"),
        with_(99, "framing", "version"),
        with_("../outside.tflite", "file"),
        with_("", "file"),
        with_(["A", "B"], "labels"),
        with_(0, "temperature"),
        with_("warm", "temperature"),
        with_(float("nan"), "offset"),
        without("offset"),
        with_(1.0, "threshold"),
        with_("mean", "pooling"),
        with_("v2", "network_form"),
        with_([], "bands"),
        with_([{"from": 0.1, "words": "x"}], "bands"),
        with_([], "self_check", "seeds"),
        with_([1], "self_check", "expected", "litert-cpu", "probabilities"),
        with_(None, "self_check"),
        without("metrics"),
        without("self_check", "tolerances", "gpu"),
        without("self_check", "expected", "litert-cpu"),
        without("arrays", "sha256"),
    ],
)
def test_a_card_that_cannot_be_right_is_refused(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    content = json.loads((folder / "model_card.json").read_text(encoding="utf-8"))
    change(content)
    (folder / "model_card.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(BrokenModel):
        load_bundle(folder)


def test_a_card_that_says_nothing_of_the_pooling_is_of_a_network_with_the_maximum(folder: Path) -> None:
    card = load_bundle(folder).card
    assert (card.pooling, card.network_form) == (Pooling.MAX, "v1")
    over_lungs = small_bundle(folder, Pooling.LUNGS).card
    assert (over_lungs.pooling, over_lungs.network_form) == (Pooling.LUNGS, "v1.5")


def interval_of(value: float) -> dict[str, float]:
    return {"value": value, "low": value - 0.05, "high": value + 0.05}


def test_beside_a_score_stands_how_many_slices_of_other_sources_score_on_its_side(folder: Path) -> None:
    content = json.loads((folder / "model_card.json").read_text(encoding="utf-8"))
    content["threshold"] = 0.6
    content["metrics"] = {
        "external_clear": {"above_others": interval_of(0.19), "below_covid": interval_of(0.13)},
        "external_disease": {"above_others": interval_of(0.84)},
    }
    card = parse_card(content)
    above = outside_sentence(card, 0.6).replace("\u00a0", " ")
    assert "84 % of slices with other lung disease and 19 % of clear lungs score above" in above
    below = outside_sentence(card, 0.59).replace("\u00a0", " ")
    assert "13 % of COVID-19 patients' slices score below" in below
    del content["metrics"]["external_disease"]
    alone = outside_sentence(parse_card(content), 0.9).replace("\u00a0", " ")
    assert "19 % of clear lungs" in alone
    assert "disease" not in alone
    content["metrics"] = {}
    assert outside_sentence(parse_card(content), 0.9) == outside_sentence(parse_card(content), 0.1) == ""


def test_bands_are_words_for_the_score(folder: Path) -> None:
    content = json.loads((folder / "model_card.json").read_text(encoding="utf-8"))
    content["metrics"]["grouped"] = {
        "n": 200,
        "auc": {"value": 0.9, "low": 0.85, "high": 0.94},
    }
    card = parse_card(content)
    assert [card.band_word(p) for p in (0.0, 0.39, 0.4, 0.7, 1.0)] == ["low", "low", "middle", "high", "high"]
    names = [name for name, _ in card_rows(card)]
    assert names.index("Grouped test") < names.index("Data")
    assert dict(card_rows(card))["Grouped test"] == "AUC 0.900 (0.850 to 0.940), n = 200"
    assert auc_rows(card)[0] == ("Grouped test", "AUC 0.900 (0.850 to 0.940)")


def test_a_figure_of_other_networks_than_the_one_that_scores_says_so(folder: Path) -> None:
    content = json.loads((folder / "model_card.json").read_text(encoding="utf-8"))
    content["metrics"]["grouped"] = {"n": 200, "layers": 26, "size": 112}
    said = dict(card_rows(parse_card(content)))["Grouped test"]
    assert said == "n = 200, by networks of 26 layers at 112 px, trained alike"
    content["metrics"]["grouped"] |= {"auc": {"value": 0.9, "low": 0.85, "high": 0.94}}
    card = parse_card(content)
    by = "by networks of 26 layers at 112 px, trained alike"
    assert auc_rows(card)[0] == ("Grouped test", f"AUC 0.900 (0.850 to 0.940), {by}")
    assert dict(card_rows(card))["Grouped test"].count(by) == 1
    del content["metrics"]["grouped"]["auc"]
    content["metrics"]["grouped"]["layers"] = 101
    assert dict(card_rows(parse_card(content)))["Grouped test"] == "n = 200"


def test_a_figure_that_is_missing_is_said_to_be(folder: Path) -> None:
    content = json.loads((folder / "model_card.json").read_text(encoding="utf-8"))
    content["metrics"] = {"random": {"n": 10, "auc": {"value": 0.9, "low": None, "high": None}}}
    card = parse_card(content)
    assert dict(auc_rows(card))["Grouped test"] == "not measured"
    assert dict(card_rows(card))["Grouped test"] == "not measured"
    assert dict(auc_rows(card))["Random test"] == "not measured"
    assert dict(card_rows(card))["Random test"] == "n = 10"
