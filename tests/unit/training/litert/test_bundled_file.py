"""The LiteRT file that is shipped, read from its graph, and what its card says of how far it is from float32."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from typing import Any

import pytest

from covidviewer.inference.card import CARD_FILE
from covidviewer.paths import resource_folder
from training.export.limits import check_agreement
from training.litert.file import CODES, SEVEN_BITS, TYPES, convolution_name, convolutions, operators, read
from training.network.config import CELL

MODELS = resource_folder("models")
BLOCKS = 3 + 4 + 23 + 3


@pytest.fixture(scope="module")
def file() -> bytes:
    """The shipped file."""
    return (MODELS / "covid_resnet101.tflite").read_bytes()


@pytest.fixture(scope="module")
def model(file: bytes) -> Any:
    """Its graph."""
    return read(file)


def test_its_weights_are_int8_within_seven_bits(file: bytes) -> None:
    found = [one for one in convolutions(file) if one.kernel != (CELL, CELL)]  # that one counts the lungs' pixels
    assert len(found) == len(convolutions(file)) - 1 == 1 + 3 * BLOCKS + 4
    assert {one.weight_type for one in found} == {"int8"}
    assert max(one.largest_weight for one in found) <= SEVEN_BITS


def test_each_residual_sum_goes_on_in_float32(model: Any) -> None:
    added = [operator for operator, code in operators(model) if code == CODES.ADD][1:]  # the first centres the input
    assert len(added) == BLOCKS
    tensors = model.subgraphs[0].tensors
    assert {tensors[index].type for one in added for index in (*one.inputs, *one.outputs)} == {TYPES.FLOAT32}
    handed_on = [before.outputs[0] in after.inputs for before, after in pairwise(added)]
    assert handed_on.count(True) == BLOCKS - 4  # each stage's first block has a convolution in its shortcut


def test_no_operand_of_a_sum_has_a_range_that_belongs_to_the_sum(model: Any) -> None:
    """The converter's own range of what a block adds reaches up to the largest value of the sum."""
    tensors = model.subgraphs[0].tensors
    reach: dict[str, tuple[float, float]] = {}
    for operator, code in operators(model):
        if code == CODES.CONV_2D and tensors[operator.outputs[0]].type == TYPES.INT8:
            read_, made = (largest(tensors[index]) for index in (operator.inputs[0], operator.outputs[0]))
            reach[convolution_name(model, operator)] = (read_, made)
    blocks = [name.removesuffix("_3_conv") for name in reach if name.endswith("_3_conv")]
    assert len(blocks) == BLOCKS
    for block, after in pairwise(blocks):
        assert reach[f"{block}_3_conv"][1] < 0.95 * reach[f"{after}_1_conv"][0], block


def largest(tensor: Any) -> float:
    """The upper end of an int8 tensor's range."""
    return (127 - int(tensor.quantization.zeroPoint[0])) * float(tensor.quantization.scale[0])


def test_its_card_is_about_this_file_and_tells_of_close_agreement(file: bytes) -> None:
    card = json.loads((MODELS / CARD_FILE).read_text(encoding="utf-8"))
    assert card["sha256"] == hashlib.sha256(file).hexdigest()
    for engine in ("litert-cpu", "openvino-cpu"):
        assert card["agreement"][engine]["slices"] == 249
    check_agreement(card["agreement"])
