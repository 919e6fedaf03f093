"""Every link of the pages leads somewhere, and every page is in the documentation's table of contents."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.doc_pages import PAGES, ROOT, anchors, links

DOCS = ROOT / "docs"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_to_a_file_or_heading_leads_somewhere(page: Path) -> None:
    for link in links(page):
        if link.startswith("https://"):
            continue
        place, _, anchor = link.partition("#")
        file = (page.parent / place).resolve() if place else page
        assert file.exists(), link
        assert not anchor or anchor in anchors(file), link


@pytest.mark.parametrize("page", [page for page in PAGES if page.is_relative_to(DOCS)], ids=lambda page: page.name)
def test_the_documentation_links_only_to_itself_so_that_its_pages_stand_alone(page: Path) -> None:
    for link in links(page):
        assert link.startswith(("https://", "#")) or (page.parent / link.partition("#")[0]).resolve().is_relative_to(
            DOCS
        )


def test_a_wrong_anchor_would_be_found() -> None:
    assert "what-is-written" in anchors(DOCS / "conformance.md")
    assert "what-is-not-written" not in anchors(DOCS / "conformance.md")


def test_every_page_stands_once_in_the_table_of_contents() -> None:
    named = re.findall(r"([\w/-]+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(named) == sorted(page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md"))


def test_the_site_builds_without_a_warning_and_its_pages_fetch_nothing(tmp_path: Path) -> None:
    shutil.copytree(DOCS, tmp_path / "docs")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    command = [str(Path(sys.executable).with_name("zensical")), "build", "--strict"]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    pages = sorted((tmp_path / "site").rglob("*.html"))
    assert len(pages) > len(list(DOCS.rglob("*.md")))
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert not re.search(r"<(script|img|iframe)[^>]+src=\"?https?:", html), page.name
        assert not re.search(r"<link[^>]+rel=\"?stylesheet[^>]+href=\"?https?:", html), page.name
