"""What goes into the frozen program: all that the program imports, nothing of training, and of big libraries a part."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from installer.frozen import contents, freeze, pruning, start
from installer.metadata import ROOT

NEVER = {"tensorflow-cpu", "keras", "torch", "scikit-learn", "matplotlib", "scipy", "pytest", "pyarrow", "distributed"}
PLAIN_OPENCV = {
    *(
        "GaussianBlur",
        "Sobel",
        "calcHist",
        "connectedComponents",
        "connectedComponentsWithStats",
        "contourArea",
        "convexHull",
    ),
    *("dilate", "distanceTransform", "erode", "fillConvexPoly", "findContours", "getStructuringElement", "medianBlur"),
    *("magnitude", "morphologyEx", "resize", "setNumThreads", "threshold", "warpAffine"),
}
"""Functions of OpenCV without linear algebra, video and files: those that need no FFmpeg, LAPACK, AVIF."""


def modules_of_the_program() -> Iterator[ast.Module]:
    for file in (ROOT / "covidviewer").rglob("*.py"):
        yield ast.parse(file.read_text(encoding="utf-8"))


def imported_packages() -> set[str]:
    """Top-level names that the program imports anywhere."""
    found: set[str] = set()
    for tree in modules_of_the_program():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return found


def test_nothing_of_training_and_testing_is_in_it() -> None:
    assert not contents.distributions() & NEVER


def test_its_packages_are_those_that_the_program_asks_for_and_theirs() -> None:
    assert {
        "numpy",
        "pydicom",
        "pyside6-essentials",
        "shiboken6",
        "highdicom",
        "pynetdicom",
    } <= contents.distributions()
    assert contents.distributions(["jinja2>=3"]) == {"jinja2", "markupsafe"}
    assert contents.distributions(['jinja2; python_version < "3"', "no-such-package"]) == set()


def test_everything_that_the_program_imports_is_in_it_but_the_optional_extras() -> None:
    owners = packages_distributions()
    kept = contents.distributions()
    third = {name for name in imported_packages() if name in owners} - {"covidviewer"}
    outside = {name for name in third if not {canonicalize_name(owner) for owner in owners[name]} & kept}
    assert outside <= {"tensorflow", "keras", "pyarrow", "distributed", "fsspec", "dask"}


def test_no_module_that_is_needed_is_excluded() -> None:
    excluded = set(contents.excluded_modules())
    assert not imported_packages() & excluded - {"tensorflow", "keras", "pyarrow", "distributed", "fsspec", "dask"}
    assert {"tensorflow", "scipy", "matplotlib", "sklearn", "pytest", "tkinter", "imagecodecs._avif"} <= excluded


def test_the_codecs_are_those_of_the_files_that_are_read() -> None:
    of_what_is_read = {"_imcd", "_jpeg2k", "_jpeg8", "_jpegls", "_png", "_tiff"}
    of_what_is_not = {"_avif", "_blosc", "_heif", "_webp", "_zstd"}
    assert contents.codecs() >= of_what_is_read
    assert not contents.codecs() & of_what_is_not


def test_the_program_calls_no_function_of_opencv_whose_libraries_are_stand_ins() -> None:
    called = {
        node.func.attr
        for tree in modules_of_the_program()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
        if node.func.value.id == "cv2"
    }
    assert called
    assert called <= PLAIN_OPENCV


@pytest.mark.parametrize(
    ("place", "kept"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", True),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", False),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6/Qt/plugins/sqldrivers/libqsqlite.so", False),
        ("PySide6/Qt/lib/libQt6Widgets.so.6", True),
        ("PySide6/Qt6Quick.dll", False),
        ("openvino/libs/libopenvino.so.2641", True),
        ("openvino/libs/libopenvino_intel_cpu_plugin.so", True),
        ("openvino/libs/libopenvino_tensorflow_lite_frontend.so.2641", True),
        ("openvino/libs/libopenvino_tensorflow_frontend.so.2641", False),
        ("openvino/libs/libopenvino_intel_gpu_plugin.so", False),
        ("openvino/libs/libtbb.so.12", True),
        ("openvino/libs/cache.json", False),
        ("numpy/__init__.pyi", False),
        ("covidviewer/resources/models/model_card.json", True),
    ],
)
def test_of_qt_and_openvino_what_a_window_and_the_processor_use_is_kept(place: str, kept: bool) -> None:
    assert pruning.is_kept(place) is kept


def test_the_engines_libraries_are_found_where_they_are_installed() -> None:
    names = [Path(file).name for file, _ in pruning.loaded_by_name()]
    assert any("WebGpu" in name or "Metal" in name for name in names)
    assert len(names) == len(set(names))


def test_tables_of_the_standard_are_the_same_without_their_spaces(tmp_path: Path) -> None:
    file = tmp_path / "map.json"
    file.write_text('{\n  "a": [1, "two words"]\n}')
    ((_, made, _),) = pruning.minified([("highdicom/_standard/map.json", str(file), "DATA")], tmp_path / "work")
    assert Path(made).read_text() == '{"a":[1,"two words"]}'


def test_licences_of_all_packages_come_along() -> None:
    folders = {folder for _, folder in contents.licences(["numpy", "pydicom"])}
    assert folders == {"licences/numpy", "licences/pydicom"}


def test_a_left_out_module_that_is_imported_at_once_is_found_in_pyinstallers_words() -> None:
    said = (
        "missing module named nt - imported by os (optional)\n"
        "excluded module named scipy - imported by some.part (delayed, optional)\n"
        "excluded module named sqlite3 - imported by highdicom.image (top-level)\n"
        "excluded module named _frozen_importlib - imported by zipimport (top-level)\n"
    )
    assert freeze.missed_modules(said) == ["sqlite3"]


def test_programs_that_it_starts_get_their_own_search_path_back() -> None:
    variables = {"LD_LIBRARY_PATH": "/ours", "LD_LIBRARY_PATH_ORIG": "/theirs", "DYLD_LIBRARY_PATH": "/ours", "A": "1"}
    start.give_back_search_paths(variables)
    assert variables == {"LD_LIBRARY_PATH": "/theirs", "A": "1"}
