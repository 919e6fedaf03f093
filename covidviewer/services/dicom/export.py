"""Scores as DICOM objects beside their source: heat maps as Secondary Capture, scores as a Comprehensive 3D SR.

PS3.3 A.8.1 and A.35.13; PS3.16 TID 1500 with a TID 1501 group for each slice. The source is named by its UIDs, and of
its header nothing else is taken over unless it is asked for: PS3.15 Basic Profile with the Retain UIDs Option. Needs
highdicom, which is imported late.

No library for de-identification is used. Those that there are take elements out of an existing object by a list, and
keep what the list does not know; these objects are new, and take in what `LINKS`, `OPTIONAL_LINKS` and `IDENTITY` name
and nothing else, so that a private or unknown element has no way in. Such libraries also renew the UIDs, by which a
score is found beside its slice. What is taken in goes to highdicom, which builds and checks the objects.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from covidviewer import __version__
from covidviewer.disclaimer import DISCLAIMER, LIMIT_SENTENCE
from covidviewer.errors import OutputUnwritable, UnsupportedImage
from covidviewer.files import atomic_file, make_folder
from covidviewer.imaging.limits import HEADER_SECONDS
from covidviewer.imaging.outside import here_or_outside
from covidviewer.imaging.slices import FileKind, Series, Vector
from covidviewer.inference.results import Result
from covidviewer.services.dicom.uids import is_uid, lasting_uid, new_uid
from covidviewer.texts import N_

if TYPE_CHECKING:
    from covidviewer.imaging.dicom.pydicom_api import Dataset
    from covidviewer.imaging.slices import Slice
    from covidviewer.inference.card import ModelCard

MAKER: Final = "CovidViewer"
HEAT_MAPS: Final = "Heat maps, research use only"
SCORES: Final = "COVID-19 likeness, research use only"
SCHEME: Final = "99COVIDVIEWER"
"""Coding scheme of the two names that no public one has."""
SERIES_NUMBERS: Final = (9101, 9102)
"""Of heat maps and scores; far from those of a scanner."""
ODD_HEADER: Final = N_("The header contains values that are not valid in DICOM.")
NEEDS_HIGHDICOM: Final = N_("Writing DICOM needs highdicom; “pip install covidviewer[dicom-out]” installs it.")

LINKS: Final = ("SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID")
OPTIONAL_LINKS: Final = ("FrameOfReferenceUID",)
IDENTITY: Final = (
    *("PatientID", "PatientName", "PatientBirthDate", "PatientSex", "AccessionNumber", "StudyID", "StudyDate"),
    *("StudyTime", "ReferringPhysicianName"),
)
"""Type 2 of every object: taken over when it is asked for, else empty (action Z of PS3.15 Table E.1-1)."""
_LETTERS = (("L", "R"), ("P", "A"), ("H", "F"))


def check_dicom_out() -> None:
    """Whether DICOM can be written here. Raises `OutputUnwritable`."""
    from covidviewer.imaging.dicom import pydicom_api  # noqa: F401  # whole, before highdicom imports its parts

    try:
        import highdicom  # noqa: F401
    except ImportError:
        raise OutputUnwritable(NEEDS_HIGHDICOM) from None


def write_dicom(
    series: Series, results: Mapping[int, Result], card: ModelCard, folder: Path, *, identified: bool = False
) -> tuple[Path, ...]:
    """Write the heat map of each scored slice, and one report of all scores; the files, the report last.

    Parameters
    ----------
    series, results
        A DICOM series, and its results by slice index.
    folder
        Made if need be. Every file has a new UID in its name, so that nothing is ever replaced; where one cannot be
        written, none of them stays.
    identified
        Take over the patient's and the study's elements, for the archive that the source lies in.

    Raises `OutputUnwritable` or `UnsupportedImage`, one sentence. Any thread.
    """
    check_dicom_out()
    from covidviewer.imaging.dicom.file import dicom_errors

    scored = [index for index in sorted(results) if results[index].p_covid is not None]
    if not scored:
        raise UnsupportedImage("No slice of this series has a score; there is nothing to write.")
    if any(series.headers[index].source.kind is not FileKind.DICOM for index in scored):
        raise UnsupportedImage("Only scores of DICOM files can be written as DICOM.")
    sources = {index: reference_to(series, index, identified) for index in scored}
    make_folder(folder)
    made: list[Path] = []
    try:
        with dicom_errors(ODD_HEADER):
            heat_maps = new_uid()
            for number, index in enumerate(scored, start=1):
                slice_ = series.read_slice(index)
                shown = heat_map_object(slice_, results[index], sources[index], card, heat_maps, number)
                made.append(save(shown, folder, "heat-map", identified))
            frames = {index: series.headers[index].source.frame for index in scored}
            report = report_object([(results[index], sources[index], frames[index]) for index in scored], card)
            made.append(save(report, folder, "scores", identified))
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise
    return tuple(made)


def _taken_over(path: Path) -> Dataset:
    """Those elements of a file's header that `reference_to` looks at."""
    from covidviewer.imaging.dicom.file import open_dicom
    from covidviewer.imaging.dicom.pydicom_api import Dataset

    header, taken = open_dicom(path).dataset, Dataset()
    for name in (*LINKS, *OPTIONAL_LINKS, *IDENTITY, "Modality", "NumberOfFrames"):
        if name in header:
            taken[name] = header[name]
    return taken


def reference_to(series: Series, index: int, identified: bool) -> Dataset:
    """What the objects take over of the header of a slice. Raises `UnsupportedImage` where its UIDs are none."""
    from covidviewer.imaging.dicom.pydicom_api import Dataset

    header = here_or_outside(_taken_over, series.headers[index].source.path, seconds=HEADER_SECONDS)
    made = Dataset()
    for name in (*LINKS, *OPTIONAL_LINKS):
        uid = str(header.get(name, ""))
        if is_uid(uid):
            setattr(made, name, uid)
        elif name in LINKS:
            raise UnsupportedImage("The file has no valid {name}, so it cannot be referenced.", name=name)
    for name in IDENTITY:
        value = header.get(name, "") if identified else ""
        setattr(made, name, "" if value is None else str(value))
    if made.PatientSex not in ("M", "F", "O"):
        made.PatientSex = ""
    made.SpecificCharacterSet = "ISO_IR 192"
    made.Modality = str(header.get("Modality", "CT"))
    made.Rows, made.Columns = series.headers[index].rows, series.headers[index].columns
    frames = header.get("NumberOfFrames")
    if frames is not None and int(frames) > 1:
        made.NumberOfFrames = int(frames)
    return made


def heat_map_object(
    slice_: Slice, result: Result, source: Dataset, card: ModelCard, series_uid: str, number: int
) -> Dataset:
    """The heat map as people see it, notice included, as a Secondary Capture in RGB."""
    from highdicom.sc import SCImage

    from covidviewer.imaging.dicom.pydicom_api import Dataset, uid
    from covidviewer.services.heatmaps import heat_map_image

    geometry = slice_.geometry
    made = SCImage.from_ref_dataset(
        source,
        pixel_array=np.asarray(heat_map_image(slice_, result)),
        photometric_interpretation="RGB",
        bits_allocated=8,
        coordinate_system="PATIENT",
        series_instance_uid=series_uid,
        series_number=SERIES_NUMBERS[0],
        sop_instance_uid=new_uid(),
        instance_number=number,
        manufacturer=MAKER,
        patient_orientation=directions(geometry.row_direction, geometry.column_direction) if geometry else ("L", "P"),
        transfer_syntax_uid=uid.ExplicitVRLittleEndian,
        contributing_equipment=[equipment(card)],
        series_description=HEAT_MAPS,
        manufacturer_model_name=MAKER,
        software_versions=__version__,
        specific_character_set="ISO_IR 192",
    )
    if geometry is None:
        made.PatientOrientation = ""
    made.ConversionType = "WSD"
    made.BodyPartExamined = "CHEST"
    made.BurnedInAnnotation = "NO"
    made.DerivationDescription = f"Slice with an overlaid class activation map of model {card.version}"[:1024]
    made.ImageComments = DISCLAIMER
    link = Dataset()
    link.ReferencedSOPClassUID, link.ReferencedSOPInstanceUID = source.SOPClassUID, source.SOPInstanceUID
    if "NumberOfFrames" in source:
        link.ReferencedFrameNumber = slice_.source.frame + 1
    link.PurposeOfReferenceCodeSequence = [code("121322", "DCM", "Source image for image processing operation")]
    made.SourceImageSequence = [link]
    return made  # type: ignore[no-any-return]


def report_object(scored: Sequence[tuple[Result, Dataset, int]], card: ModelCard) -> Dataset:
    """One report with a measurement group for each slice: score, opacified share, the algorithm that measured."""
    from highdicom import sr
    from pydicom.sr.codedict import codes

    algorithm = sr.AlgorithmIdentification(
        name=f"{MAKER} ResNet101", version=card.version, parameters=[DISCLAIMER, LIMIT_SENTENCE]
    )
    groups = []
    for number, (result, source, frame) in enumerate(scored, start=1):
        frames = [frame + 1] if "NumberOfFrames" in source else None
        image = sr.SourceImageForMeasurementGroup(source.SOPClassUID, source.SOPInstanceUID, frames)
        assert result.p_covid is not None
        measured = [("covid-like", "COVID-19 likeness, 0 to 1", result.p_covid, codes.UCUM.NoUnits)]
        if result.opacity is not None:
            share = result.opacity.share * 100
            measured.append(("opacified-area", "Opacified percentage of lung area on slice", share, codes.UCUM.Percent))
        groups.append(
            sr.MeasurementsAndQualitativeEvaluations(
                tracking_identifier=sr.TrackingIdentifier(new_uid(), f"Slice {number}"),
                algorithm_id=algorithm,
                finding_sites=[sr.FindingSite(code("39607008", "SCT", "Lung"))],
                source_images=[image],
                measurements=[
                    sr.Measurement(concept(value, meaning), round(float(number_), 4), unit)
                    for value, meaning, number_, unit in measured
                ],
            )
        )
    observer = sr.ObserverContext(
        observer_type=codes.DCM.Device,
        observer_identifying_attributes=sr.DeviceObserverIdentifyingAttributes(
            uid=device_uid(card), name=MAKER, manufacturer_name=MAKER, model_name=f"{MAKER} model {card.version}"
        ),
    )
    content = sr.MeasurementReport(
        observation_context=sr.ObservationContext(observer_device_context=observer),
        procedure_reported=code("169069000", "SCT", "CT of chest"),
        imaging_measurements=groups,
        title=codes.DCM.ImagingMeasurementReport,
    )
    evidence = {str(source.SOPInstanceUID): source for _, source, _ in scored}
    return sr.Comprehensive3DSR(  # type: ignore[no-any-return]
        evidence=list(evidence.values()),
        content=content,
        series_instance_uid=new_uid(),
        series_number=SERIES_NUMBERS[1],
        sop_instance_uid=new_uid(),
        instance_number=1,
        manufacturer=MAKER,
        is_complete=True,
        is_final=False,
        is_verified=False,
        transfer_syntax_uid="1.2.840.10008.1.2.1",
        contributing_equipment=[equipment(card)],
        series_description=SCORES,
        manufacturer_model_name=MAKER,
        software_versions=__version__,
    )


def save(made: Any, folder: Path, kind: str, identified: bool) -> Path:
    """Write an object under a name of its own. Raises `OutputUnwritable`."""
    if not identified:
        made.PatientIdentityRemoved = "YES"
        made.DeidentificationMethodCodeSequence = [
            code("113100", "DCM", "Basic Application Confidentiality Profile"),
            code("113110", "DCM", "Retain UIDs Option"),
        ]
        made.LongitudinalTemporalInformationModified = "REMOVED"
    path = folder / f"{kind}.{made.SOPInstanceUID}.dcm"
    if path.exists():
        raise OutputUnwritable("“{path}” already exists.", path=path)
    with atomic_file(path) as file:
        made.save_as(file, enforce_file_format=True)
    return path


def equipment(card: ModelCard) -> Dataset:
    """What contributed: this program with this model (PS3.3 C.12.1, Contributing Equipment Sequence)."""
    from highdicom import ContributingEquipment
    from pydicom.sr.codedict import codes

    made = ContributingEquipment(
        MAKER,
        codes.DCM.ProcessingEquipment,
        manufacturer_model_name=f"{MAKER} ResNet101",
        software_versions=[__version__, f"model {card.version}"],
        device_serial_number=card.sha256[:16],
        contribution_description="Scored the slices; for research use only",
    )
    made.DeviceUID = device_uid(card)
    return made  # type: ignore[no-any-return]


def device_uid(card: ModelCard) -> str:
    """The device is the model: a UID for its file."""
    return lasting_uid(card.sha256)


def directions(row: Vector, column: Vector) -> tuple[str, str]:
    """Patient Orientation (0020,0020): the letters of the nearest axes of a row and a column."""
    return letter(row), letter(column)


def letter(direction: Vector) -> str:
    """The letter of the nearest axis, in LPS coordinates."""
    axis = max(range(3), key=lambda at: abs(direction[at]))
    return _LETTERS[axis][direction[axis] < 0]


def code(value: str, scheme: str, meaning: str) -> Any:
    """A coded concept (PS3.3 8.8)."""
    from highdicom.sr import CodedConcept

    return CodedConcept(value, scheme, meaning)


def concept(value: str, meaning: str) -> Any:
    """A coded concept of ours."""
    return code(value, SCHEME, meaning)
