"""No module of the house needs, through whatever others, itself: not at its top, late in a function, nor for a type."""

from __future__ import annotations

from copy import deepcopy
from graphlib import CycleError, TopologicalSorter
from itertools import count
from pathlib import Path

import pytest
from grimp import ImportGraph, build_graph

HOUSE = ("covidviewer", "training", "installer")
HANDED_OVER = (("installer.bootstrap", "installer.commands"),)
"""The script that any Python can read goes on in the package once a suitable Python runs it."""

NUMBERS = count()
"""So that no package is found under the name of another test's."""


@pytest.fixture(scope="module")
def graph() -> ImportGraph:
    """Who imports whom: at the top, in functions and for types alike."""
    found = build_graph(*HOUSE, cache_dir=None)
    for importer, imported in HANDED_OVER:
        found.remove_import(importer=importer, imported=imported)
    return found


def circle(graph: ImportGraph) -> list[str]:
    """One that there is, its first module again at its end; empty when there is none."""
    try:
        TopologicalSorter({one: graph.find_modules_directly_imported_by(one) for one in graph.modules}).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_module_needs_itself(graph: ImportGraph) -> None:
    assert circle(graph) == []


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("covidviewer.ui.view.tools.tool", "covidviewer.ui.view.image_view"),
        ("covidviewer.ui.panels.series_row", "covidviewer.ui.panels.series_list"),
        ("covidviewer.imaging.lungs.standard_view", "covidviewer.imaging.lungs.framing"),
        ("training.data.samples", "training.data.labels_csv"),
        ("installer.pip", "installer.environment"),
    ],
)
def test_a_circle_is_found(graph: ImportGraph, importer: str, imported: str) -> None:
    spoilt = deepcopy(graph)
    spoilt.add_import(importer=importer, imported=imported)
    assert {importer, imported} <= set(circle(spoilt))


@pytest.mark.parametrize(
    "statement", ["import house.b", "def late():\n    import house.b", "if TYPE_CHECKING:\n    import house.b"]
)
def test_every_kind_of_import_counts(statement: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"house{next(NUMBERS)}"
    folder = tmp_path / name
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "a.py").write_text(f"from typing import TYPE_CHECKING\n\n{statement.replace('house', name)}\n")
    (folder / "b.py").write_text(f"import {name}.a\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert set(circle(build_graph(name, cache_dir=None))) == {f"{name}.a", f"{name}.b"}
