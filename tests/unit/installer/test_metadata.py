"""The one source of all recipes: it agrees with the package, and every recipe that is made of it says the same."""

from __future__ import annotations

import configparser
import plistlib
import re
import shutil
import subprocess
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import covidviewer
from covidviewer.ui.application import DESKTOP_ENTRY
from installer.bootstrap import WINDOW
from installer.metadata import FILE, ROOT, metadata
from installer.packages import deb, macos, windows
from installer.packages.share import write_share
from installer.recipes import recipe

META = metadata()
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def desktop_entry(text: str) -> dict[str, str]:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    return dict(parser["Desktop Entry"])


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """What a Linux desktop gets."""
    write_share(tmp_path, "covidviewer-gui")
    return tmp_path


def checked(tool: str, package: str, *words: str | Path) -> None:
    """Run a checker of the desktop's own."""
    if shutil.which(tool) is None:
        pytest.skip(f"only on computers with {tool}: apt-get install {package}")
    seen = subprocess.run([tool, *words], capture_output=True, text=True, check=False)
    assert seen.returncode == 0, seen.stdout + seen.stderr


def test_it_says_of_the_program_what_pyproject_says() -> None:
    assert META.version == covidviewer.__version__
    assert (META.package, META.description, META.licence) == (
        *(PROJECT["name"], PROJECT["description"], PROJECT["license"]),
    )
    assert META.publisher == PROJECT["authors"][0]["name"]


def test_the_version_stands_nowhere_else() -> None:
    texts = [FILE, *(ROOT / "installer").rglob("*.j2"), ROOT / "installer" / "covidviewer.spec"]
    assert not [file for file in texts if covidviewer.__version__ in file.read_text(encoding="utf-8")]


def test_the_window_bears_the_name_of_its_desktop_entry() -> None:
    assert META.id == DESKTOP_ENTRY


def test_the_launcher_in_the_checkout_says_the_same_as_the_installed_entry() -> None:
    installed = desktop_entry(recipe("desktop.j2", program="covidviewer-gui"))
    launcher = desktop_entry((ROOT / "installer" / "CovidViewer.desktop").read_text(encoding="utf-8"))
    same = ("Type", "Name", "GenericName", "MimeType", "Categories", "StartupWMClass")
    assert {key: installed[key] for key in same} == {key: launcher[key] for key in same}


def test_the_entry_opens_dicom_files_and_needs_no_terminal() -> None:
    entry = desktop_entry(recipe("desktop.j2", program="covidviewer-gui"))
    assert entry["Exec"] == "covidviewer-gui %F"
    assert "application/dicom" in entry["MimeType"].split(";")
    assert entry["Terminal"] == "false"


def test_the_entry_is_valid(share: Path) -> None:
    checked("desktop-file-validate", "desktop-file-utils", share / "applications" / f"{META.id}.desktop")


def test_the_metadata_of_software_centres_is_valid_and_names_the_entry(share: Path) -> None:
    file = share / "metainfo" / f"{META.id}.metainfo.xml"
    tree = ET.parse(file)
    assert tree.findtext("id") == META.id
    assert tree.findtext("launchable") == f"{META.id}.desktop"
    release = tree.find("releases/release")
    assert release is not None
    assert release.get("version") == covidviewer.__version__
    checked("appstreamcli", "appstream", "validate", "--no-net", file)


def test_the_entrys_icon_is_in_the_theme(share: Path) -> None:
    name = desktop_entry((share / "applications" / f"{META.id}.desktop").read_text())["Icon"]
    found = {file.parent.parent.name for file in (share / "icons" / "hicolor").rglob(f"{name}.*")}
    assert {"16x16", "48x48", "256x256", "scalable"} <= found


def test_the_control_file_has_what_policy_asks_for() -> None:
    text = recipe("control.j2", architecture="amd64", depends="libc6", kibibytes=1)
    fields = dict(re.findall(r"^([A-Z][\w-]+): (.*)$", text, re.MULTILINE))
    assert {"Package", "Version", "Architecture", "Maintainer", "Depends", "Description"} <= fields.keys()
    assert fields["Version"] == covidviewer.__version__
    body = text[text.index("Description:") :].splitlines()[1:]
    assert all(line.startswith(" ") and len(line) <= 80 for line in body)


def test_the_copyright_file_names_both_licences() -> None:
    text = recipe("copyright.j2", model_licence=(ROOT / "LICENSE-MODEL").read_text(encoding="utf-8"))
    assert re.findall(r"^License: (.+)$", text, re.MULTILINE) == META.licence.split(" AND ")
    assert not re.search(r"\n\n\n", text)


def test_every_override_of_lintian_has_its_reason(tmp_path: Path) -> None:
    deb.write_overrides(tmp_path / "overrides")
    lines = (tmp_path / "overrides").read_text().splitlines()
    assert [line.startswith("# ") for line in lines] == [True, False] * len(deb.OVERRIDES)


def test_the_script_for_windows_installs_for_one_person_and_asks_before_it_takes_a_file_type(tmp_path: Path) -> None:
    text = windows.script(tmp_path / "frozen", tmp_path / "icon.ico", tmp_path)
    setup = dict(re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE))
    assert setup["PrivilegesRequired"] == "lowest"
    assert setup["AppVersion"] == covidviewer.__version__
    assert re.fullmatch(r"\{\{[0-9A-F-]{36}\}", setup["AppId"])
    assert Path(setup["LicenseFile"].replace("\\", "/")).is_file()
    associating = [line for line in text.splitlines() if re.search(r'Subkey: "Software\\Classes\\\.dcm";', line)]
    assert associating
    assert all("Tasks: open_dcm" in line for line in associating)
    assert 'Name: "open_dcm"' in text
    assert "unchecked" in text
    assert "HKLM" not in text
    assert "{code" not in text


def test_windows_knows_an_older_version_by_the_same_number() -> None:
    assert windows.app_guid() == "72455519-C7AA-5A27-8627-7D9CB3A47D70"


def test_the_properties_of_the_windows_programs_carry_the_version(tmp_path: Path) -> None:
    text = windows.write_version(tmp_path).read_text(encoding="utf-8")
    compile(text, "version.txt", "eval")
    assert f'StringStruct("ProductVersion", "{covidviewer.__version__}")' in text


def test_the_plist_for_macos_opens_dicom_files_and_survives_being_written() -> None:
    held = plistlib.loads(plistlib.dumps(macos.info()))
    assert held["CFBundleShortVersionString"] == covidviewer.__version__
    (document,) = held["CFBundleDocumentTypes"]
    assert document["LSItemContentTypes"] == ["org.nema.dicom"]
    assert held["UTImportedTypeDeclarations"][0]["UTTypeTagSpecification"]["public.filename-extension"] == ["dcm"]
    assert all(plistlib.loads(plistlib.dumps(macos.ENTITLEMENTS)).values())


def test_the_workflows_run_files_that_are_there() -> None:
    texts = {file.name: file.read_text(encoding="utf-8") for file in WORKFLOWS}
    named = {
        name: {path.replace("\\", "/") for path in re.findall(r"(?:installer|\.ci)[/\\]\w+(?:\.py)?", text)}
        for name, text in texts.items()
    }
    assert named == {
        "audit.yml": {"installer/bootstrap.py"},
        "checks.yml": {".ci/run", "installer/bootstrap.py"},
        "installers.yml": {"installer/bootstrap.py", "installer/build.py", "installer/smoke_test.py"},
    }
    assert all((ROOT / path).is_file() for paths in named.values() for path in paths)
    assert META.id in texts["installers.yml"]


def test_the_workflows_pin_every_action_by_its_commit_and_say_its_version() -> None:
    used = [line for file in WORKFLOWS for line in re.findall(r"uses: (.+)", file.read_text(encoding="utf-8"))]
    assert used
    assert [line for line in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []


def test_the_workflows_take_pythons_that_the_lock_files_cover() -> None:
    pairs = [("audit.yml", {"3.12"}), ("checks.yml", {"3.13", "3.14"}), ("installers.yml", {"3.12"})]
    for name, expected in pairs:
        text = (ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8")
        found = set(re.findall(r'python-version: "(.+)"', text))
        assert found == expected
        assert {tuple(map(int, version.split("."))) for version in found} <= set(WINDOW)
