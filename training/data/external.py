"""External sources, by the name that `--external NAME=DIR` gives them: which lists may be asked which question.

Test-only lists (COVID-CT's own test list, LUNA's odd scans, ctmd) are read here and nowhere else; `train` never
imports this.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from covidviewer.errors import UnreadableFile
from training.data.folders import labelled_samples, luna_samples
from training.data.samples import CLASSES, CLEAR, COVID, IMAGE_SUFFIXES, Sample, by_name

CLEAR_LUNGS, OTHER_DISEASE, OWN = "external clear lungs", "external other disease", "external"
DICOM = "dicom"
KNOWN = ("covid-ct", "luna", "ctmd", "ood", DICOM)


@dataclass(frozen=True)
class Question:
    """One external figure: labelled slices, the group (patient, scan or paper) of each, and its column.

    `main` marks the figure that stands in the column; the others are told in the report.
    """

    name: str
    column: str
    samples: tuple[Sample, ...]
    groups: tuple[str, ...]
    main: bool = False


def parsed(words: Sequence[str]) -> dict[str, Path]:
    """["covid-ct=DIR", ...] as a table.

    Raises `UnreadableFile` for a word without "=" or a folder that is not there.
    """
    table: dict[str, Path] = {}
    for word in words:
        name, sign, folder = word.partition("=")
        if not sign or not Path(folder).is_dir():
            raise UnreadableFile("An external source is given as NAME=FOLDER, and {word} names no folder.", word=word)
        table[name] = Path(folder)
    return table


def questions(folders: Mapping[str, Path]) -> tuple[Question, ...]:
    """Every figure that the given folders can answer.

    A folder of an unknown name is one of its own, with COVID/ and non-COVID/.
    """
    asked: list[Question] = []
    covid_ct, luna, ctmd = (folders.get(name) for name in ("covid-ct", "luna", "ctmd"))
    if covid_ct and luna:
        covid = covid_ct_samples(covid_ct, ("test",), (COVID,))
        clear = tuple(Sample(f"luna/{one.name}", one.path, CLEAR) for one in luna_samples(luna, even=False))
        asked.append(
            question("COVID-CT test list's COVID against LUNA odd scans", CLEAR_LUNGS, covid + clear, main=True)
        )
    if ctmd:
        both = series(ctmd / "P001", COVID) + series(ctmd / "normal001", CLEAR)
        asked.append(
            Question("COVID series P001 against normal001", CLEAR_LUNGS, both, tuple(one.name for one in both))
        )
    if covid_ct:
        test = covid_ct_samples(covid_ct, ("test",), (COVID, CLEAR))
        whole = covid_ct_samples(covid_ct, ("train", "val", "test"), (COVID, CLEAR))
        asked.append(question("COVID-CT as published, test list", OTHER_DISEASE, test, main=True))
        asked.append(question("COVID-CT as published, whole", OTHER_DISEASE, whole))
    if ctmd:
        both = series(ctmd / "P001", COVID) + series(ctmd / "cap001", CLEAR)
        asked.append(
            Question("COVID series P001 against pneumonia cap001", OTHER_DISEASE, both, tuple(one.name for one in both))
        )
    for name, folder in folders.items():
        if name not in KNOWN:
            samples = labelled_samples(folder)
            asked.append(Question(name, OWN, samples, tuple(one.name for one in samples)))
    return tuple(asked)


def question(name: str, column: str, samples: tuple[Sample, ...], main: bool = False) -> Question:
    """A Question whose groups are read from the file names."""
    return Question(name, column, samples, tuple(group_of(sample) for sample in samples), main)


def group_of(sample: Sample) -> str:
    """Scan of a LUNA slice; paper (before "-p12-") or numbered case (before "%" or "_") of a COVID-CT picture."""
    stem = sample.path.stem
    if sample.name.startswith("luna/"):
        return stem.split("_")[0]
    return f"{sample.label}/" + re.split(r"-p\d+-|%|_", stem)[0]


def covid_ct_samples(folder: Path, lists: Sequence[str], labels: Sequence[int]) -> tuple[Sample, ...]:
    """Pictures of COVID-CT's own lists. Raises `UnreadableFile` when a list or a listed picture is missing."""
    samples: list[Sample] = []
    for label in labels:
        place, name = CLASSES[label], CLASSES[label].replace("-", "").replace("nonCOVID", "NonCOVID")
        for part in lists:
            file = folder / "Data-split" / name / f"{part}CT_{name}.txt"
            if not file.is_file():
                raise UnreadableFile("COVID-CT's list {file} is missing.", file=str(file))
            for line in file.read_text(encoding="utf-8").splitlines():
                if not line.strip():
                    continue
                picture = folder / place / line.strip()
                if not picture.is_file():  # the list's .jpg pictures are handed on as .png as well
                    picture = picture.with_suffix(".png")
                if not picture.is_file():
                    raise UnreadableFile("COVID-CT's picture {file} is missing.", file=str(picture))
                samples.append(Sample(f"covid-ct/{place}/{picture.name}", picture, label))
    return tuple(samples)


def series(folder: Path, label: int | None) -> tuple[Sample, ...]:
    """The pictures of a folder under one label. Raises `UnreadableFile` when there are none."""
    files = sorted((file for file in folder.glob("*") if file.suffix.lower() in IMAGE_SUFFIXES), key=by_name)
    if not files:
        raise UnreadableFile("No pictures were found in {folder}.", folder=str(folder))
    return tuple(Sample(f"{folder.name}/{file.name}", file, label) for file in files)


def ood_samples(folder: Path) -> dict[str, tuple[Sample, ...]]:
    """Kind -> pictures that the program must refuse; one sub-folder a kind."""
    kinds = sorted(place for place in folder.iterdir() if place.is_dir())
    return {kind.name: series(kind, None) for kind in kinds}
