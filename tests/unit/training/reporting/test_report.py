"""Report, card and README table: complete, and of one mind."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from covidviewer.errors import UnreadableFile
from tests.unit.training.reporting.made_up_metrics import made_up_metrics, made_up_scores
from training.evaluation.measures import called, measured
from training.reporting.card_fields import card_fields
from training.reporting.items import CLAIM_ITEMS, PARTS, TRIPOD_ITEMS, answered_in
from training.reporting.report import write_report
from training.reporting.results_table import COLUMNS, cell, markdown, one_figure, percent, renew, summary, table
from training.statistics.calibration import Calibration, sigmoid


class Sections(HTMLParser):
    """Text of each <section>, by its id."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.links: set[str] = set()
        self.here: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "section" and named.get("id"):
            self.here = str(named["id"])
            self.texts[self.here] = ""
        if tag == "a" and (target := named.get("href")):
            self.links.add(target)

    def handle_endtag(self, tag: str) -> None:
        if tag == "section":
            self.here = None

    def handle_data(self, data: str) -> None:
        if self.here:
            self.texts[self.here] += data


@pytest.fixture(scope="module")
def content() -> Any:
    return made_up_metrics()


@pytest.fixture(scope="module")
def report(content: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("report")
    write_report([content], None, out)
    return out


@pytest.fixture(scope="module")
def page(report: Path) -> Sections:
    sections = Sections()
    sections.feed((report / "report.html").read_text(encoding="utf-8"))
    return sections


def test_every_part_of_the_list_has_an_anchor_and_says_something(page: Sections) -> None:
    for part in PARTS:
        heading = f"{part.title}CLAIM"
        text = re.sub(r"\s+", " ", page.texts[part.anchor])
        assert len(text) > len(heading) + 80, part.anchor


def test_the_list_of_the_design_has_seventeen_parts() -> None:
    assert len(PARTS) == len({part.anchor for part in PARTS}) == 17


@pytest.mark.parametrize(("checklist", "items"), [("claim", CLAIM_ITEMS), ("tripod", TRIPOD_ITEMS)])
def test_every_checklist_item_is_answered_somewhere(checklist: str, items: int) -> None:
    assert [item for item in range(1, items + 1) if not answered_in(item, checklist)] == []


def test_every_link_of_the_page_leads_to_a_part_of_it(page: Sections) -> None:
    assert {link for link in page.links if link.startswith("#")} == {f"#{part.anchor}" for part in PARTS}
    assert all(link.startswith("#") for link in page.links)


def test_the_page_needs_no_other_file_and_is_small(report: Path) -> None:
    text = (report / "report.html").read_text(encoding="utf-8")
    assert not re.search(r"""(src|href)=["'](?!data:|#)""", text)
    assert len(text) < 5_000_000


def test_every_wrong_test_slice_is_named_in_the_failure_analysis(content: Any, page: Sections) -> None:
    assert content["wrong"]
    assert all(row["name"] in page.texts["failures"] for row in content["wrong"])


def test_the_summary_gives_the_grouped_figure_before_the_random_one(page: Sections) -> None:
    text = page.texts["purpose"]
    assert text.index("Grouped five-fold test") < text.index("Random split (n")
    assert "cannot tell COVID-19 from other lung disease" in text


def test_card_readme_and_report_say_the_same(content: Any, page: Sections, tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("before\n<!-- results:begin -->\nOBSOLETE\n<!-- results:end -->\nafter\n")
    renew(readme, content)
    text = readme.read_text()
    card = card_fields(content)["metrics"]
    for name, column in (("random", "random"), ("grouped", "grouped"), ("external_clear", "external clear lungs")):
        figures = content["columns"][column]
        assert one_figure(figures, column) in text
        assert cell(figures) in page.texts["protocols"]
        assert card[name]["auc"]["value"] == figures["auroc"][0]
        assert card[name]["n"] == figures["n"]
    assert (text[:6], text[-6:], "OBSOLETE" in text) == ("before", "after\n", False)


def test_a_readme_without_markers_is_left_alone(content: Any, tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("nothing here\n")
    with pytest.raises(UnreadableFile, match="markers"):
        renew(readme, content)
    assert readme.read_text() == "nothing here\n"


def test_a_figure_of_smaller_networks_says_so_in_the_table(content: Any) -> None:
    grouped = content["columns"]["grouped"]
    smaller = content | {"columns": content["columns"] | {"grouped": grouped | {"layers": 26, "size": 112}}}
    assert table(smaller)[-1][2] == f"{cell(grouped)}, by networks of 26 layers at 112 px, trained alike"


def test_the_results_table_has_the_rows_and_columns_of_the_readme(content: Any) -> None:
    rows = table(content)
    assert rows[0] == ["", "random", "grouped", "external clear lungs", "external other disease"]
    assert [row[0] for row in rows[1:]] == [
        "paper",
        "thumbnails (15-NN)",
        "opacity numbers, logistic regression",
        "opacity numbers, forest",
        "**ours**",
    ]
    assert all(re.search(r"\(.* to .*\)", cell) for cell in rows[-1][1:])
    assert markdown(rows).count("\n") == len(rows)


def test_the_summary_has_one_figure_and_its_interval_in_each_cell(content: Any) -> None:
    rows = summary(content)
    figures = [cell for row in rows[2:-1] for cell in row[1:]]
    assert all(re.fullmatch(r"[\d.]+( %)? \([\d.]+ to [\d.]+\)|not measured", cell) for cell in figures)
    assert [row[0] for row in rows[:-1]] == [row[0] for row in table(content)]
    asked = [content["columns"][column] for column in COLUMNS]
    assert rows[-1][1:] == [str(figures["refused"]) for figures in asked]
    assert all(f"(n = {figures['n']})" in heading for heading, figures in zip(rows[0][1:], asked, strict=True))


def test_a_figure_without_an_interval_shows_none() -> None:
    assert percent([0.5, None, None]) == "50.0 %"
    assert percent([0.5, 0.4, 0.6]) == "50.0 % (40.0 to 60.0)"


def test_refused_slices_count_as_wrong_and_are_told_apart() -> None:
    scored = made_up_scores(100, 9, refused=10, separation=50.0)
    found = measured(scored, Calibration(1.0, 0.0))
    assert (found["right"], found["refused"], found["accuracy"][0]) == (90, 10, 0.9)
    assert found["accuracy_of_accepted"] == 1.0
    truth = scored.covid
    assert np.array_equal(called(sigmoid(scored.logits), truth, 0.5)[:10], ~truth[:10])


def test_the_card_says_how_many_slices_lie_on_the_wrong_side_of_the_threshold(content: Any) -> None:
    figures = content["sets"]["C as published"]
    (_, _), (called, not_called) = figures["confusion"]
    refused = figures["refused"] - figures["refused_covid"]
    found = card_fields(content)["metrics"]["external_disease"]["above_others"]
    assert found["value"] == pytest.approx((called - refused) / (called - refused + not_called), abs=1e-5)
    assert found["low"] < found["value"] < found["high"]


def test_of_an_older_evaluation_it_is_reckoned_from_the_confusion_matrix(content: Any) -> None:
    measured = card_fields(content)["metrics"]["external_disease"]
    older: Any = {key: value for key, value in content.items() if key != "columns"}
    columns = {
        name: {key: value for key, value in column.items() if key not in ("above_others", "below_covid")}
        for name, column in content["columns"].items()
    }
    older["columns"] = columns
    reckoned = card_fields(older)["metrics"]["external_disease"]
    for name in ("above_others", "below_covid"):
        assert reckoned[name]["value"] == pytest.approx(measured[name]["value"], abs=1e-5)
        assert reckoned[name]["low"] == reckoned[name]["value"]


def test_card_and_report_say_how_the_threshold_was_chosen(content: Any, tmp_path: Path) -> None:
    chosen = {"source": "clear lungs", "share_below": 0.95, "slices": 480, "refused": 22}
    line = content["calibration"] | {"threshold": 0.7312, "threshold_from": chosen}
    fields = card_fields(content | {"calibration": line})
    assert (fields["threshold"], fields["threshold_from"]) == (0.7312, chosen)
    assert "threshold" not in card_fields(content)
    (page, *_) = write_report([content | {"calibration": line}], None, tmp_path)
    assert "0.731: 95% of 480 slices of clear lungs stay below it (22 more were refused)" in page.read_text("utf-8")


def test_the_report_shows_each_probe_beside_its_bound(content: Any, tmp_path: Path) -> None:
    row = {"key": "a", "question": "clear lungs: called COVID", "value": [0.155, 0.1, 0.2], "n": 200, "note": ""}
    rows = [row | {"bound": {"limit": 0.05, "at_most": True}, "met": False}]
    (page, *_) = write_report([content | {"probe": {"rows": rows}}], None, tmp_path)
    text = page.read_text("utf-8")
    assert "<td>at most 5.0 %</td><td>missed</td>" in text
    assert "1 of 1 are missed" in text


def test_the_card_says_what_a_model_was_made_of_when_it_went_on_from_another(content: Any) -> None:
    before = {"version": "1.abc", "training": {"Epochs": 38, "Hours": 1.6, "Started from": "random weights"}}
    run = {"initial_weights": "m.tflite", "initial_weights_sha256": "c" * 64, "initial_model": before}
    said = card_fields(content | {"run": run})["training"]["Started from"]
    assert said == f"m.tflite, SHA-256 {'c' * 16} (1.abc: 38 epochs, 1.6 h, from random weights)"


def test_the_card_names_no_other_source_and_no_drawn_opacities_where_there_were_none(content: Any) -> None:
    plain = content | {"run": {"used": {"training": 1970, "extra": 0}}}
    assert card_fields(plain)["training"]["Trained on"] == "1970 labelled slices"
    drawn = plain | {"model": content["model"] | {"drawn": 0.075}}
    assert card_fields(drawn)["training"]["Trained on"].endswith(
        "synthetic opacities in 7.5% of the clear labelled ones"
    )


def test_energy_is_told_only_where_every_epoch_recorded_its_processor_time(content: Any) -> None:
    def told(hours: float | None) -> str:
        log = content["training"] | {"processor_hours": hours}
        return str(card_fields(content | {"training": log})["training"]["Energy"])

    assert told(25.0).startswith("about 0.25 kWh")
    assert told(None) == "not recorded"


def test_grouped_folds_alone_make_no_report(content: Any, tmp_path: Path) -> None:
    folds: Any = {"columns": {"grouped": content["columns"]["grouped"]}}
    with pytest.raises(UnreadableFile, match="evaluate --grouped"):
        write_report([folds], None, tmp_path)
