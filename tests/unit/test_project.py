"""The project around the code: versions agree, lock files hold what is declared, the wheel holds the program."""

from __future__ import annotations

import importlib
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import covidviewer
from tests.benchmarks.readme import renewed, speed_tables

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ROOT / "requirements"
MODEL = "resources/models/covid_resnet101.tflite"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYTHONS = ("3.12", "3.13", "3.14")


def locked(lock: str) -> dict[str, Requirement]:
    """The requirements of a lock file by package name."""
    lines = (LOCKS / lock).read_text(encoding="utf-8").splitlines()
    found = (Requirement(line.rstrip(" \\")) for line in lines if re.match(r"[a-z]", line))
    return {canonicalize_name(requirement.name): requirement for requirement in found}


def declared(*extras: str) -> list[Requirement]:
    """What pyproject.toml asks for, with extras; an extra that names another of ours brings that one's."""
    optional = PROJECT["optional-dependencies"]
    texts = [*PROJECT["dependencies"], *(text for extra in extras for text in optional[extra])]
    found = [Requirement(text) for text in texts]
    own = [extra for requirement in found if requirement.name == "covidviewer" for extra in requirement.extras]
    rest = [requirement for requirement in found if requirement.name != "covidviewer"]
    return rest + [Requirement(text) for extra in own for text in optional[extra]]


def test_the_citation_names_the_version_of_the_package() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r"^version: (.+)$", citation, re.MULTILINE) == [covidviewer.__version__]


def test_the_changelog_has_a_place_for_what_is_not_released() -> None:
    assert "\n## Unreleased\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("lock", "extras"), [("run.lock", ()), ("test.lock", ("training", "dev"))])
def test_a_lock_file_holds_a_fitting_version_of_everything_declared(lock: str, extras: tuple[str, ...]) -> None:
    pins = locked(lock)
    for requirement in declared(*extras):
        pin = pins[canonicalize_name(requirement.name)]
        (version,) = (specifier.version for specifier in pin.specifier)
        assert requirement.specifier.contains(version), requirement


def test_the_test_lock_has_every_package_of_the_run_lock_in_the_same_version() -> None:
    tested = locked("test.lock")
    assert {name: tested[name].specifier for name in locked("run.lock")} == {
        name: pin.specifier for name, pin in locked("run.lock").items()
    }


@pytest.mark.parametrize("lock", ["run.lock", "test.lock"])
def test_every_locked_package_has_a_hash(lock: str) -> None:
    entries = re.split(r"\n(?=[a-z])", (LOCKS / lock).read_text(encoding="utf-8"))[1:]
    assert entries
    assert not [entry for entry in entries if "--hash=sha256:" not in entry]


@pytest.mark.parametrize("lock", ["run.lock", "test.lock"])
def test_no_lock_file_holds_torch_or_gpl_decoders(lock: str) -> None:
    assert not {"torch", "pylibjpeg-libjpeg"} & locked(lock).keys()


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize(
    ("system", "machine", "expected"),
    [("linux", "x86_64", True), ("win32", "AMD64", True), ("darwin", "arm64", False), ("linux", "aarch64", False)],
)
def test_openvino_is_installed_where_it_is_the_faster_engine(
    python: str, system: str, machine: str, expected: bool
) -> None:
    marker = locked("run.lock")["openvino"].marker
    assert marker is not None
    surroundings = {"sys_platform": system, "platform_machine": machine, "python_full_version": f"{python}.0"}
    assert marker.evaluate(surroundings) is expected


@pytest.mark.parametrize("table", ["scripts", "gui-scripts"])
def test_every_command_of_the_package_names_a_function(table: str) -> None:
    for target in PROJECT[table].values():
        module, _, name = target.partition(":")
        assert callable(getattr(importlib.import_module(module), name))


def tracked(*folders: str) -> list[str]:
    """What git holds of the checkout, or of some folders in it."""
    command = ["git", "ls-files", *folders]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive, built by hatchling; in them the model is an empty file.

    The model takes nine tenths of both, and of the time to pack them.
    """
    tree, folder = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("dist")
    for name in tracked():
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tree / name)
    (tree / MODEL).write_bytes(b"")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--target", "sdist"]
    subprocess.run([*command, "--directory", str(folder)], cwd=tree, check=True, capture_output=True, timeout=60)
    return folder


@pytest.fixture
def wheel(built: Path) -> Path:
    """The one wheel."""
    (file,) = built.glob("*.whl")
    return file


def test_the_wheel_holds_the_program_its_resources_and_both_licences_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    information = f"covidviewer-{covidviewer.__version__}.dist-info"
    assert {name.split("/")[0] for name in names} == {"covidviewer", information}
    assert {f"{information}/licenses/LICENSE", f"{information}/licenses/LICENSE-MODEL"} <= set(names)
    held = tracked("covidviewer", "resources")
    packed = {name if name.startswith("covidviewer/") else f"covidviewer/{name}" for name in held}
    assert packed <= set(names)


def test_the_wheel_is_the_size_of_the_model_and_little_more(wheel: Path) -> None:
    assert wheel.stat().st_size + (ROOT / MODEL).stat().st_size < 50e6


def test_the_source_archive_holds_the_model_and_all_that_a_wheel_is_made_of(built: Path) -> None:
    (file,) = built.glob("*.tar.gz")
    with tarfile.open(file) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    sources = tracked("covidviewer", "resources", "installer")
    assert MODEL in sources
    assert {*sources, "pyproject.toml", "README.md", "LICENSE", "LICENSE-MODEL"} <= held


def commands_in_readme() -> list[str]:
    """The lines of README's code blocks that start our program."""
    blocks = re.findall(r"```\n(.*?)```", README, re.DOTALL)
    lines = (line.split("#")[0].strip() for block in blocks for line in block.splitlines())
    return [line for line in lines if line.startswith(("python ", "covidviewer", "bash "))]


def test_the_first_two_commands_of_the_readme_are_run_and_test() -> None:
    assert commands_in_readme()[:2] == ["python installer/bootstrap.py run", "python installer/bootstrap.py test"]


def test_the_speed_table_is_the_one_of_the_results_files() -> None:
    assert renewed(README, speed_tables()) == README
