"""DICOM out: objects that other people's checker accepts, that name their source and no patient."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pydicom
import pytest

from covidviewer.disclaimer import DISCLAIMER
from covidviewer.errors import OutputUnwritable, UnsupportedImage
from covidviewer.imaging.opening import open_paths
from covidviewer.imaging.slices import Series
from covidviewer.inference.analyser import Analyser
from covidviewer.inference.results import Outcome, Result
from covidviewer.phantom.files import write_phantom_png, write_phantom_series
from covidviewer.phantom.slices import phantom_slice
from covidviewer.services.dicom.export import device_uid, directions, write_dicom
from covidviewer.services.heatmaps import heat_map_image
from tests.unit.services.fakes import FakeClassifier, fake_bundle

CARD = fake_bundle().card
SECONDARY_CAPTURE, COMPREHENSIVE_3D_SR = "1.2.840.10008.5.1.4.1.1.7", "1.2.840.10008.5.1.4.1.1.88.34"
PATIENT = {"PatientName": "Strauß^Änne", "PatientID": "SECRET-4711", "AccessionNumber": "ACC-0815"}
STUDY = {"StudyDate": "19991231", "ReferringPhysicianName": "Quack^Q", "InstitutionName": "Hidden Clinic"}


def scored_series(folder: Path) -> tuple[Series, dict[int, Result]]:
    for path in write_phantom_series(folder, seed=2, slices=3, lesions=3, size=128):
        dataset = pydicom.dcmread(path)
        for name, value in (PATIENT | STUDY).items():
            setattr(dataset, name, value)
        dataset.save_as(path)
    (series,) = open_paths([folder]).series
    analyser = Analyser(FakeClassifier(), fake_bundle())
    return series, {index: analyser.analyse(series.read_slice(index)) for index in range(3)}


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> tuple[Series, dict[int, Result]]:
    return scored_series(tmp_path_factory.mktemp("scan"))


@pytest.fixture(scope="module", params=[False, True], ids=["without identity", "identified"])
def written(
    request: pytest.FixtureRequest, scan: tuple[Series, dict[int, Result]], tmp_path_factory: pytest.TempPathFactory
) -> tuple[tuple[Path, ...], bool]:
    folder = tmp_path_factory.mktemp("out") / "new"
    return write_dicom(*scan, CARD, folder, identified=request.param), request.param


@pytest.mark.skipif(shutil.which("dciodvfy") is None, reason="only on computers with dicom3tools")
def test_an_independent_checker_finds_no_error(written: tuple[tuple[Path, ...], bool]) -> None:
    for path in written[0]:
        said = subprocess.run(["dciodvfy", str(path)], capture_output=True, text=True, check=False).stderr
        assert [line for line in said.splitlines() if line.startswith("Error")] == []
        assert ("SCImage" if path.name.startswith("heat-map") else "Comprehensive3DSR") in said


def test_no_word_of_the_patient_is_in_the_bytes_unless_it_is_asked_for(
    written: tuple[tuple[Path, ...], bool],
) -> None:
    paths, identified = written
    for path in paths:
        content = path.read_bytes()
        for word in ("Strauß", "Änne", "SECRET-4711", "ACC-0815", "19991231", "Quack"):
            assert (word.encode() in content) == identified, word
        assert b"Hidden Clinic" not in content
        dataset = pydicom.dcmread(path)
        assert dataset.get("PatientIdentityRemoved") == (None if identified else "YES")
        methods = [item.CodeValue for item in dataset.get("DeidentificationMethodCodeSequence", ())]
        assert methods == ([] if identified else ["113100", "113110"])


def test_heat_maps_are_the_pictures_that_people_see_and_name_their_slice(
    written: tuple[tuple[Path, ...], bool], scan: tuple[Series, dict[int, Result]]
) -> None:
    series, results = scan
    maps = [pydicom.dcmread(path) for path in written[0][:-1]]
    assert len(maps) == sum(result.p_covid is not None for result in results.values()) == 3
    assert {one.SOPClassUID for one in maps} == {SECONDARY_CAPTURE}
    assert len({one.SeriesInstanceUID for one in maps}) == 1
    for index, one in enumerate(maps):
        source = pydicom.dcmread(series.headers[index].source.path, stop_before_pixels=True)
        (link,) = one.SourceImageSequence
        assert (link.ReferencedSOPClassUID, link.ReferencedSOPInstanceUID) == (
            source.SOPClassUID,
            source.SOPInstanceUID,
        )
        assert one.StudyInstanceUID == source.StudyInstanceUID
        assert one.SOPInstanceUID != source.SOPInstanceUID
        assert "research use only" in one.SeriesDescription
        assert one.ImageComments == DISCLAIMER
        np.testing.assert_array_equal(
            one.pixel_array, np.asarray(heat_map_image(series.read_slice(index), results[index]))
        )


def test_the_report_holds_every_score_with_its_slice_and_is_unverified(
    written: tuple[tuple[Path, ...], bool], scan: tuple[Series, dict[int, Result]]
) -> None:
    from highdicom.sr import srread

    report = srread(written[0][-1])
    assert report.SOPClassUID == COMPREHENSIVE_3D_SR
    assert (report.VerificationFlag, report.CompletionFlag) == ("UNVERIFIED", "COMPLETE")
    series, results = scan
    groups = report.content.get_image_measurement_groups()
    for index, group in enumerate(groups):
        score, share = group.get_measurements()
        assert score.value == pytest.approx(results[index].p_covid, abs=1e-4)
        opacity = results[index].opacity
        assert opacity is not None
        assert share.value == pytest.approx(opacity.share * 100, abs=1e-3)
        (image,) = group.source_images
        assert image.referenced_sop_instance_uid == series.headers[index].source.identity
    assert len(groups) == 3


def test_every_object_says_which_model_made_it(written: tuple[tuple[Path, ...], bool]) -> None:
    for path in written[0]:
        made = pydicom.dcmread(path).ContributingEquipmentSequence
        ours = next(item for item in made if item.Manufacturer == "CovidViewer")
        assert f"model {CARD.version}" in ours.SoftwareVersions
        assert ours.DeviceUID == device_uid(CARD)
    assert device_uid(CARD) == device_uid(fake_bundle().card)


def test_writing_again_replaces_nothing(scan: tuple[Series, dict[int, Result]], tmp_path: Path) -> None:
    first = write_dicom(*scan, CARD, tmp_path)
    before = {path: path.read_bytes() for path in first}
    write_dicom(*scan, CARD, tmp_path)
    assert {path: path.read_bytes() for path in first} == before
    assert len(list(tmp_path.iterdir())) == 2 * len(first)


def test_a_full_disk_leaves_no_half_set(
    scan: tuple[Series, dict[int, Result]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    calls = iter(range(100))
    flush = os.fsync

    def fsync(descriptor: int) -> None:
        if next(calls) == 2:
            raise OSError(28, "No space left on device")
        flush(descriptor)

    monkeypatch.setattr("covidviewer.files.os.fsync", fsync)
    with pytest.raises(OutputUnwritable, match="no space left"):
        write_dicom(*scan, CARD, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_pictures_and_series_without_a_score_are_refused(
    scan: tuple[Series, dict[int, Result]], tmp_path: Path
) -> None:
    with pytest.raises(UnsupportedImage, match="No slice"):
        write_dicom(scan[0], {0: Result(Outcome.INDETERMINATE, "No lungs.")}, CARD, tmp_path)
    write_phantom_png(tmp_path / "a.png", phantom_slice(2, size=96))
    (pictures,) = open_paths([tmp_path / "a.png"]).series
    with pytest.raises(UnsupportedImage, match="Only scores of DICOM"):
        write_dicom(pictures, {0: scan[1][0]}, CARD, tmp_path)


@pytest.mark.parametrize("uid", ["", "../../x", "1.2.", "1.02.3", "1." + "2" * 80, "896911bf-1143"])
def test_a_source_without_a_valid_uid_is_refused(uid: str, tmp_path: Path) -> None:
    series, results = scored_series(tmp_path / "scan")
    path = series.headers[0].source.path
    content = path.read_bytes()
    dataset = pydicom.dcmread(path)
    old = str(dataset.SOPInstanceUID).encode()
    new = uid.encode()[: len(old)].ljust(len(old), b"\0")
    path.write_bytes(content.replace(old, new) if len(uid) <= len(old) else content.replace(old, b"x" * len(old)))
    with pytest.raises(UnsupportedImage, match="no valid SOPInstanceUID"):
        write_dicom(series, results, CARD, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_directions_are_the_letters_of_the_nearest_axes() -> None:
    assert directions((1, 0, 0), (0, 1, 0)) == ("L", "P")
    assert directions((-0.9, 0.1, 0), (0, -0.2, -0.9)) == ("R", "F")
