"""Sentences remember how they were filled, wherever they go."""

from __future__ import annotations

import copy
import json
import pickle

from covidviewer.errors import BrokenModel, Sentence, UnreadableFile


def test_a_sentence_is_its_filled_text_and_keeps_template_and_fields() -> None:
    made = Sentence("The file has {frames} frames.", frames=3)
    assert made == "The file has 3 frames."
    assert json.dumps(made) == '"The file has 3 frames."'
    assert (made.template, made.fields) == ("The file has {frames} frames.", {"frames": 3})


def test_a_sentence_survives_the_way_to_another_process_even_with_braces_in_its_fields() -> None:
    made = Sentence("“{path}” is empty.", path="{odd}.dcm")
    for again in (pickle.loads(pickle.dumps(made)), copy.deepcopy(made)):
        assert again == "“{odd}.dcm” is empty."
        assert again.template == made.template


def test_an_error_says_a_sentence_and_takes_one() -> None:
    said = str(UnreadableFile("The file has {pages} pages.", pages=2))
    assert isinstance(said, Sentence)
    assert said.fields == {"pages": 2}
    assert BrokenModel(said).template == "The file has {pages} pages."
