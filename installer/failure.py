"""Failure: why the installation stopped, as one sentence for the person at the terminal."""

from __future__ import annotations


class Failure(Exception):
    """`str()` of it is the sentence: what happened, why, what to do."""
