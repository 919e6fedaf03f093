"""Reports: whole, honest, and without a patient's name."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from covidviewer import __version__
from covidviewer.disclaimer import DISCLAIMER, LIMIT_SENTENCE
from covidviewer.errors import OutputUnwritable
from covidviewer.imaging.opening import open_paths, read_slice
from covidviewer.inference.analyser import Analyser
from covidviewer.inference.results import Outcome, Result
from covidviewer.phantom.files import write_phantom_png, write_phantom_series
from covidviewer.phantom.slices import phantom_slice
from covidviewer.services.batch.plan import BatchPlan
from covidviewer.services.batch.run import BatchRun
from covidviewer.services.report.content import ScoredSlice, series_report, slice_report
from covidviewer.services.report.html import check_report, html_of, write_html
from tests.unit.services.batch.quick_batch import QuickScorer
from tests.unit.services.fakes import FakeClassifier, fake_bundle

MADE = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
DISEASE = {"above_others": {"value": 0.875, "low": 0.8, "high": 0.94}}
CARD = replace(fake_bundle().card, metrics={"external_disease": DISEASE})
"""With a figure that the shipped one has once it was measured."""


@pytest.fixture
def scored(tmp_path: Path) -> ScoredSlice:
    path = write_phantom_series(tmp_path / "scan", seed=2, slices=1, lesions=3, size=128)[0]
    slice_ = read_slice(path)
    classifier = FakeClassifier()
    classifier.probability = 0.9
    return ScoredSlice(path.name, slice_, Analyser(classifier, fake_bundle()).analyse(slice_))


def test_a_slice_report_holds_all_that_belongs_to_a_score(scored: ScoredSlice) -> None:
    page = html_of(slice_report(scored, CARD, MADE))
    assert page.count(DISCLAIMER) == 2
    wanted = (
        *(
            LIMIT_SENTENCE,
            "COVID-19 likeness: high",
            "88\u00a0% of slices with other lung disease score above the threshold too.",
            "passed",
            "Opacified area",
            "0.0-fake",
            "2026-03-04 05:06",
        ),
        *(f"CovidViewer {__version__}", hashlib.sha256(scored.slice.source.path.read_bytes()).hexdigest()),
        *("Model input", "Heat map", "Fingerprint"),
    )
    assert [words for words in wanted if words not in page] == []
    assert page.count("<img") == 3


def test_a_report_needs_no_other_file_and_names_no_patient(scored: ScoredSlice) -> None:
    assert scored.slice.labels["PatientName"]
    page = html_of(slice_report(scored, CARD, MADE))
    assert scored.slice.labels["PatientName"] not in page
    assert scored.slice.labels["PatientID"] not in page
    assert all(address.startswith("data:") for address in re.findall(r'(?:src|href)="([^"]*)', page))
    assert "<script" not in page


def test_a_slice_without_a_score_has_its_reason_and_no_figure(scored: ScoredSlice) -> None:
    refused = replace(scored, result=Result(Outcome.INDETERMINATE, "No lungs were found in this slice."))
    page = html_of(slice_report(refused, CARD, MADE))
    assert "No score: No lungs were found in this slice." in page
    assert 'class="large"' not in page
    assert page.count("<img") == 1


@pytest.mark.parametrize("name", ["<script>alert(1)</script>.png", "a\udcff.png", "new\nline & more.png"])
def test_an_odd_name_stays_text(scored: ScoredSlice, name: str, tmp_path: Path) -> None:
    write_html(slice_report(replace(scored, name=name), CARD, MADE), tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "<script" not in page


def test_a_series_report_shows_the_strongest_and_lists_all(tmp_path: Path) -> None:
    write_phantom_series(tmp_path / "scan", seed=2, slices=9, lesions=2, size=96)
    (series,) = open_paths([tmp_path / "scan"]).series
    scores = {0: 0.2, 1: 0.9, 2: 0.8, 3: 0.7, 4: 0.6, 5: 0.5, 7: 0.1}
    quick = QuickScorer()
    results = {index: scored_as(quick, score) for index, score in scores.items()}
    results[8] = Result(Outcome.INDETERMINATE, "No lungs were found in this slice.")
    report = series_report(series, results, CARD, MADE)
    assert report.sections[0].large.startswith("70")  # the mean of 0.9, 0.8, 0.7, 0.6 and 0.5
    assert [part.title for part in report.sections[1:6]] == ["Slice 2", "Slice 3", "Slice 4", "Slice 5", "Slice 6"]
    (table,) = [part for part in report.sections if part.title == "All slices"]
    assert [row[3] for row in table.rows] == ["", "", "", "", "", "", "not analysed", "", results[8].reason]
    assert "1: No lungs were found in this slice." in html_of(report)


def scored_as(quick: QuickScorer, score: float) -> Result:
    from covidviewer.inference.results import Label

    label = Label.COVID if score >= 0.5 else Label.NON_COVID
    version = quick.bundle.card.version
    return Result(Outcome.SCORED, p_covid=score, logit_covid=0.0, label=label, model_version=version)


def plan_of(tmp_path: Path, **changes: Any) -> BatchPlan:
    folder = tmp_path / "scans" / "COVID"
    folder.mkdir(parents=True, exist_ok=True)
    for k in range(4):
        write_phantom_png(folder / f"{k}.png", phantom_slice(k, lesions=2, size=96))
    (folder / "bad.png").write_bytes(b"nothing")
    plan = BatchPlan(tmp_path / "scans", tmp_path / "out.csv", recursive=True, report=tmp_path / "r.html", workers=1)
    return replace(plan, **changes)


def test_a_batch_report_has_counts_reasons_labels_and_the_strongest_slices(tmp_path: Path) -> None:
    batch = BatchRun(plan_of(tmp_path), QuickScorer())
    list(batch.outcomes())
    summary = batch.finish()
    batch.close()
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "5, 1 of them failed" in page
    assert "reference label COVID" in page
    assert page.count("Model input</td>") == 0  # the quick scorer keeps no input
    strongest = re.findall(r"<h2>(COVID/\d\.png)</h2>", page)
    assert len(strongest) == summary.outcomes["scored"] > 0
    assert all(reason in page for reason, _ in summary.reasons)


@pytest.mark.parametrize("name", ["r.txt", "no/r.html"])
def test_a_report_that_cannot_be_is_refused_before_the_work(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputUnwritable):
        BatchRun(plan_of(tmp_path, report=tmp_path / name), QuickScorer())
    assert not (tmp_path / "out.csv.journal").exists()


def test_a_page_of_somebody_else_is_kept_and_one_of_ours_is_replaced(scored: ScoredSlice, tmp_path: Path) -> None:
    path = tmp_path / "r.html"
    path.write_text("<html>mine</html>", encoding="utf-8")
    with pytest.raises(OutputUnwritable, match="not a report of this program"):
        check_report(path)
    path.unlink()
    write_html(slice_report(scored, CARD, MADE), path)
    check_report(path)
