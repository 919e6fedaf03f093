"""What the frozen program is made of: our package, the packages that it asks for, and of those what it uses.

Said as what may be in it, not as what may not: the environment that it is built in holds much more.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from installer.metadata import ROOT
from installer.tools import run

FEATURES = ("dicom-in", "dicom-out")
"""Extras that installers carry. Parquet would be 170 MB more; TensorFlow 1.5 GB."""
UNUSED_MODULES = (
    *("ai_edge_litert.aot", "ai_edge_litert.tools", "ai_edge_litert.vendors", "google", "tqdm"),
    *("curses", "distutils", "ensurepip", "idlelib", "lib2to3", "pydoc_data", "readline", "test"),
    *("tkinter", "turtle", "turtledemo", "venv"),
    *("numpy.distutils", "numpy.f2py", "numpy.testing.tests", "numpy.random.tests"),
    *("openvino.tools", "openvino.torch", "openvino_telemetry"),
    *("PIL.ImageTk", "PIL.ImageQt", "PIL._avif", "PIL._imagingft", "jpeg_ls", "_CharLS"),
    *("pydicom.cli", "pynetdicom.apps", "pynetdicom.tests"),
)
"""Of the packages below and of Python: what nothing here uses."""
NAMED_AT_RUN_TIME = ("ai-edge-litert", "openvino")
"""Packages whose version is asked for in the running program."""
LOAD_CODECS = (
    "import sys, imagecodecs; [getattr(imagecodecs, name) for name in sys.argv[1:]];"
    "print(*[name.partition('.')[2] for name in sys.modules if name.startswith('imagecodecs._')])"
)

LICENCE = re.compile(r"(licen[cs]e|copying|notice|authors)(?!.*\.py)", re.IGNORECASE)


def distributions(declared: Iterable[str] | None = None) -> set[str]:
    """Canonical names of the installed packages that the program and `FEATURES` ask for, theirs included."""
    waiting = [Requirement(text) for text in (declared_requirements() if declared is None else declared)]
    found: set[str] = set()
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if name in found or not holds(wanted):
            continue
        try:
            asked = requires(name) or []
        except PackageNotFoundError:
            continue
        found.add(name)
        waiting += [Requirement(text) for text in asked]
    return found


def declared_requirements(root: Path = ROOT) -> list[str]:
    """Those of pyproject.toml, with those of `FEATURES`."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *(text for name in FEATURES for text in project["optional-dependencies"][name])]


def holds(requirement: Requirement) -> bool:
    """Whether it is meant for this computer, without any extra of its own."""
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


def excluded_modules(kept: set[str] | None = None) -> list[str]:
    """Top-level modules that are installed here and no part of the program, and `UNUSED_MODULES`."""
    allowed = distributions() if kept is None else kept
    foreign = {
        module
        for module, owners in packages_distributions().items()
        if not {canonicalize_name(owner) for owner in owners} & (allowed | {"covidviewer"})
    }
    return sorted(foreign - {"installer", "covidviewer"} | set(UNUSED_MODULES) | set(excluded_codecs()))


@cache
def codecs() -> frozenset[str]:
    """Modules of imagecodecs ("_jpeg8") that the readers load.

    imagecodecs is asked, in a process of its own, for every function that `covidviewer.imaging` names, so that a new
    transfer syntax need not be told here.
    """
    said = run(sys.executable, "-c", LOAD_CODECS, *sorted(codec_functions()), folder=ROOT)
    return frozenset(said.split())


def codec_functions() -> set[str]:
    """Functions of imagecodecs ("jpeg8_decode") that the readers call."""
    sources = (file.read_text(encoding="utf-8") for file in (ROOT / "covidviewer" / "imaging").rglob("*.py"))
    return {name for text in sources for name in re.findall(r"\bimagecodecs\.(\w+)", text)}


def excluded_codecs() -> list[str]:
    """Modules of imagecodecs for what is not read here."""
    import imagecodecs

    files = Path(imagecodecs.__file__).parent.glob("_*.*")
    names = {re.split(r"\.", file.name)[0] for file in files if file.suffix in (".so", ".pyd")}
    return [f"imagecodecs.{name}" for name in sorted(names - codecs())]


def licences(kept: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """Licence texts of the packages in the program: (place on this computer, folder in the program)."""
    return [
        (str(file.locate()), f"licences/{name}")
        for name in sorted(distributions() if kept is None else kept)
        for file in distribution(name).files or ()
        if LICENCE.match(file.name) and Path(str(file.locate())).is_file()
    ]
