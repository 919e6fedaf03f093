"""Texts in Python files, as tests look for them."""

from __future__ import annotations

import ast
from collections.abc import Iterator


def docstrings(tree: ast.Module) -> Iterator[int]:
    """The ids of the nodes of all docstrings, those of attributes too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)
