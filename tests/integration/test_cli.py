"""The command line from file to answer, with a real engine and a network of one layer whose values NumPy knows."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest
from PIL import Image

from covidviewer.cli.console import FAILED, INTERRUPTED
from covidviewer.cli.main import main
from covidviewer.imaging.lungs.framing import Framing, frame_lungs, model_input
from covidviewer.imaging.opening import read_slice
from covidviewer.inference.card import CARD_FILE
from covidviewer.phantom.files import write_phantom_png, write_phantom_pngs, write_phantom_series
from covidviewer.phantom.slices import phantom_series, phantom_slice
from covidviewer.services.heatmaps import is_ours
from tests.unit.inference.small_model import reference, small_bundle, weights

FIELDS = {
    *("path", "frame", "status", "label", "p_covid", "logit_covid", "ood_score", "reason", "device", "model_version"),
    *("milliseconds", "opacity_share", "opacity_bands", "calibration", "training_set", "evidence"),
}
TEMPERATURE, OFFSET = 1.5, -0.25


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("model")
    small_bundle(folder)
    with np.load(folder / "model.npz") as stored:
        arrays = dict(stored)
    arrays["gate/limit"] = np.array(1e6, np.float32)  # the one layer has no training slices to be far from
    np.savez(folder / "model.npz", **arrays)
    card = json.loads((folder / "model_card.json").read_text(encoding="utf-8"))
    card["arrays"]["sha256"] = hashlib.sha256((folder / "model.npz").read_bytes()).hexdigest()
    (folder / "model_card.json").write_text(json.dumps(card), encoding="utf-8")
    return str(folder)


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_phantom_series(tmp_path_factory.mktemp("scan"), seed=2, slices=3, lesions=4, size=128)


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("picture") / "one.png"
    write_phantom_png(path, phantom_slice(2, lesions=3, size=192))
    return path


def rows_of(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    rows = json.loads(capsys.readouterr().out)
    assert isinstance(rows, list)
    return rows


def test_a_score_is_the_networks_on_the_framed_slice_calibrated(
    picture: Path, model: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["classify", "--json", "--model", model, str(picture)]) == 0
    (row,) = rows_of(capsys)
    slice_ = read_slice(picture)
    framing = frame_lungs(slice_)
    assert isinstance(framing, Framing)
    p = reference(weights(), model_input(slice_, framing)[None]).probabilities[0].astype(np.float64)
    logit = (np.log(p[0]) - np.log(p[1])) / TEMPERATURE + OFFSET
    assert set(row) == FIELDS
    assert row["status"] == "scored"
    assert row["logit_covid"] == pytest.approx(logit, abs=1e-3)
    assert row["p_covid"] == pytest.approx(1 / (1 + np.exp(-logit)), abs=1e-3)
    assert row["label"] == ("COVID" if logit >= 0 else "non-COVID")
    assert row["calibration"] == "estimated"
    assert sum(row["opacity_bands"].values()) <= 1.0001
    assert (row["model_version"], row["frame"], row["reason"]) == ("0.test", 0, None)


def test_the_evidence_lies_in_the_lungs_of_the_picture_itself(
    picture: Path, model: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["classify", "--json", "--model", model, str(picture)]) == 0
    (row,) = rows_of(capsys)
    framing = frame_lungs(read_slice(picture))
    assert isinstance(framing, Framing)
    assert 1 <= len(row["evidence"]) <= 5
    for place in row["evidence"]:
        assert set(place) == {"x", "y", "log_odds"}
        assert framing.lungs[int(place["y"]), int(place["x"])] > 0
    raised = [place["log_odds"] > 0 for place in row["evidence"]]
    assert raised == sorted(raised, reverse=True)


def test_a_picture_that_the_model_was_made_from_is_marked(
    picture: Path, model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = Path(shutil.copytree(model, tmp_path / "model"))
    digest = int(hashlib.sha256(np.asarray(Image.open(picture).convert("L")).tobytes()).hexdigest()[:16], 16)
    listed = own / "training_slices.npz"
    np.savez(listed, digests=np.array([digest], np.uint64), parts=np.zeros(1, np.uint8))
    card = json.loads((own / CARD_FILE).read_text(encoding="utf-8"))
    card["training_slices"]["sha256"] = hashlib.sha256(listed.read_bytes()).hexdigest()
    (own / CARD_FILE).write_text(json.dumps(card), encoding="utf-8")
    for folder, mark in ((str(own), "training"), (model, None)):
        assert main(["classify", "--json", "--model", folder, str(picture)]) == 0
        assert [row["training_set"] for row in rows_of(capsys)] == [mark]


def test_a_dicom_folder_has_a_row_for_each_slice_and_talk_stays_off_stdout(
    scan: list[Path], model: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["classify", "--json", "--model", model, str(scan[0].parent)]) == 0
    captured = capsys.readouterr()
    rows = json.loads(captured.out)
    assert [row["path"] for row in rows] == [str(path) for path in scan]
    assert {row["status"] for row in rows} <= {"scored", "indeterminate"}
    assert {row["calibration"] for row in rows if row["status"] == "scored"} == {"HU"}
    assert "Not a medical device" in captured.err


def test_the_table_says_what_the_list_says(
    scan: list[Path], model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--model", model, *map(str, scan)]
    assert main(["classify", "--json", *arguments]) == 0
    listed = rows_of(capsys)
    assert main(["classify", "--csv", str(tmp_path / "t.csv"), *arguments]) == 0
    assert capsys.readouterr().out == ""
    with (tmp_path / "t.csv").open(newline="", encoding="utf-8-sig") as file:
        table = list(csv.DictReader(file))
    for name in ("path", "status", "label", "p_covid", "opacity_share"):
        assert [row[name] for row in table] == ["" if row[name] is None else str(row[name]) for row in listed]


def test_lines_have_one_line_a_slice(scan: list[Path], model: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["classify", "--model", model, *map(str, scan)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("\t")[0] for line in lines] == [str(path) for path in scan]


def test_heat_maps_are_written_for_scored_slices_alone(
    picture: Path, model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    black = tmp_path / "black.png"
    write_phantom_png(black, phantom_slice(2, level=-0.1, size=128))
    maps = tmp_path / "maps"
    assert main(["classify", "--json", "--model", model, "--heatmaps", str(maps), str(picture), str(black)]) == 0
    assert [row["status"] for row in rows_of(capsys)] == ["scored", "indeterminate"]
    assert [path.name for path in maps.iterdir()] == ["one.png.heat-map.png"]
    assert is_ours(maps / "one.png.heat-map.png")


def test_both_engines_give_one_score(picture: Path, model: str, capsys: pytest.CaptureFixture[str]) -> None:
    scores = []
    for engine in ("litert", "openvino"):
        if main(["classify", "--json", "--engine", engine, "--model", model, str(picture)]) != 0:
            pytest.skip(f"only on computers with {engine}")
        scores.append(rows_of(capsys)[0]["p_covid"])
    assert scores[0] == pytest.approx(scores[1], abs=0.01)


def test_info_gives_the_values_after_the_modality_transform(
    scan: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["info", "--json", str(scan[1])]) == 0
    (row,) = rows_of(capsys)
    dataset = pydicom.dcmread(scan[1])
    values = dataset.pixel_array.astype("<f8") * float(dataset.RescaleSlope) + float(dataset.RescaleIntercept)
    assert row["values"] == {
        "min": values.min(),
        "max": values.max(),
        "mean": pytest.approx(values.mean()),
        "sha256": hashlib.sha256(values.tobytes()).hexdigest(),
    }
    assert (row["kind"], row["modality"], row["rows"], row["columns"], row["frames"]) == ("DICOM", "CT", 128, 128, 1)
    assert row["transfer_syntax"] == "1.2.840.10008.1.2.1"
    assert row["series_uid"] == dataset.SeriesInstanceUID
    assert row["photometric"] == "MONOCHROME2"
    assert row["spacing_mm"] == [float(v) for v in dataset.PixelSpacing]


def test_info_of_a_picture_says_null_for_what_it_has_not(picture: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info", "--json", str(picture)]) == 0
    (row,) = rows_of(capsys)
    assert [row[name] for name in ("modality", "transfer_syntax", "series_uid", "spacing_mm")] == [None] * 4
    assert (row["kind"], row["rows"]) == ("PNG", 192)


def test_bench_has_every_figure_and_a_passed_self_check(model: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--json", "--device", "cpu", "--model", model]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert {"import_ms", "load_ms", "first_ms", "rss_mb", "device", "threads", "model_version"} <= set(figures)
    assert set(figures["per_slice_ms"]) == {"1", "16"}
    assert all(value > 0 for value in figures["per_slice_ms"].values())
    assert figures["self_check"]["passed"] is True
    chosen = [row for row in figures["engines"] if row["chosen"]]
    assert [row["name"] for row in chosen] == [figures["engine"]]


def started(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "covidviewer", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONWARNINGS": "error::ResourceWarning"},
    )


def test_a_process_classifies_with_nothing_but_json_on_stdout(picture: Path, model: str) -> None:
    process = started("classify", "--json", "--model", model, str(picture))
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert json.loads(out)[0]["status"] == "scored"
    assert "Traceback" not in err


def test_a_picture_is_classified_without_dicom_window_or_scipy(picture: Path, model: str) -> None:
    code = (
        "import sys; from covidviewer.cli.main import main; "
        f"code = main(['classify', '--model', {model!r}, {str(picture)!r}]); "
        "print(code, sorted({'pydicom', 'PySide6', 'scipy', 'tensorflow', 'openvino', 'gdcm'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 []"


def many_pictures(folder: Path, count: int) -> Path:
    (first,) = write_phantom_pngs(folder, phantom_series(2, slices=1, size=128))
    for k in range(count):
        (folder / f"copy-{k:04d}.png").write_bytes(first.read_bytes())
    return folder


@pytest.mark.skipif(os.name != "posix", reason="only on systems with signals")
def test_ctrl_c_leaves_a_whole_list(model: str, tmp_path: Path) -> None:
    process = started("classify", "--json", "--model", model, str(many_pictures(tmp_path, 600)))
    assert process.stdout is not None
    begun = process.stdout.readline() + process.stdout.readline()
    process.send_signal(signal.SIGINT)
    out = process.stdout.read()
    _, err = process.communicate(timeout=60)
    assert process.returncode == INTERRUPTED
    assert 1 <= len(json.loads(begun + out)) < 600
    assert err.rstrip().endswith("Stopped.")
    assert "Traceback" not in err


@pytest.mark.skipif(os.name != "posix", reason="only on systems with pipes as POSIX has them")
def test_a_reader_that_goes_away_ends_the_run_without_a_word(model: str, tmp_path: Path) -> None:
    process = started("classify", "--json", "--model", model, str(many_pictures(tmp_path, 300)))
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) == FAILED
    assert "Traceback" not in err
    assert "Broken pipe" not in err
