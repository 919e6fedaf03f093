"""Residual sums in float32 within an int8 LiteRT file, over operands whose ranges were measured.

Two things that the converter has no switch for, and that cost a deep residual network most of its agreement with
float32 (`docs/experiments.md`):

- In a block without a shortcut convolution the converter gives what the block adds a range that reaches up to the
  largest value of the sum: up to twenty times too wide, so that most of what is added falls between two steps of int8.
- The sum itself is rounded to int8 once a block, 33 times on the way through ResNet101, to steps wider than what most
  blocks add.

Convolutions stay in int8; the sum stays in float32 from block to block and is rounded only where a convolution reads
it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from training.litert.file import (
    CODES,
    TYPES,
    add_tensor,
    convolution_name,
    convolution_operators,
    new_operator,
    operators,
    read,
    text_of,
    write,
)

Ranges = Mapping[str, tuple[float, float]]
"""Smallest and largest value that a convolution's output takes, by the convolution's name ("conv2_block1_3_conv")."""

STEPS, LEAST = 255, -128
"""Of int8: the steps between its ends, and the lower end."""


def with_float_sums(data: bytes, ranges: Ranges) -> bytes:
    """The same network with its residual sums in float32.

    Parameters
    ----------
    data
        A static int8 file with float outputs and no head yet.
    ranges
        Of every convolution that is an operand of a sum (`training.export.activation_ranges`).

    Returns
    -------
    The file. What reads the last sum (the feature map, and its maximum) reads it in float32. Raises KeyError for an
    operand that `ranges` lacks.
    """
    model = read(data)
    measure_operands(model, ranges)
    sum_in_float(model)
    return write(model)


def measure_operands(model: Any, ranges: Ranges) -> None:
    """Give the convolutions that are summed the scale and zero point of their own range."""
    summed = {int(index) for operator in sums(model) for index in operator.inputs}
    for operator in convolution_operators(model):
        index = int(operator.outputs[0])
        if index not in summed:
            continue
        low, high = ranges[convolution_name(model, operator)]
        low, high = min(low, 0.0), max(high, 0.0)  # zero must be one of the steps
        scale = (high - low) / STEPS or 1.0
        quantisation = model.subgraphs[0].tensors[index].quantization
        quantisation.scale = np.array([scale], np.float32)
        quantisation.zeroPoint = np.array([LEAST - round(low / scale)], np.int64)


def sums(model: Any) -> Iterator[Any]:
    """The ADD operators of two computed int8 tensors, in order."""
    tensors = model.subgraphs[0].tensors
    computed = {int(index) for operator, _ in operators(model) for index in operator.outputs}
    in_int8 = {index for index in computed if tensors[index].type == TYPES.INT8}
    for operator, code in operators(model):
        if code == CODES.ADD and in_int8.issuperset(map(int, operator.inputs)):
            yield operator


def sum_in_float(model: Any) -> None:
    """Rewrite the graph: operands are dequantised, sums stay in float32, and are quantised beside that for
    convolutions.
    """
    graph = model.subgraphs[0]
    in_float: dict[int, int] = {}  # an int8 tensor -> its values in float32, of a sum before rounding
    renamed: dict[int, int] = {}  # a float32 tensor that is computed no more -> the one that takes its place
    rewritten: list[Any] = []

    def added(index: int) -> int:
        tensor = graph.tensors[index]
        in_float[index] = add_tensor(model, f"{text_of(tensor.name)}/float", tuple(tensor.shape), None)
        return in_float[index]

    def dequantised(index: int) -> int:
        if index not in in_float:
            rewritten.append(new_operator(model, CODES.DEQUANTIZE, [index], added(index)))
        return in_float[index]

    summing = {id(operator) for operator in sums(model)}
    for operator, code in operators(model):
        source, target = int(operator.inputs[0]), int(operator.outputs[0])
        if id(operator) in summing:
            operator.inputs = [dequantised(int(index)) for index in operator.inputs]
            operator.outputs = [added(target)]
            rewritten += [operator, new_operator(model, CODES.QUANTIZE, [in_float[target]], target)]
        elif code == CODES.REDUCE_MAX and source in in_float:
            operator.inputs, operator.outputs = [in_float[source], *operator.inputs[1:]], [added(target)]
            rewritten.append(operator)
        elif code == CODES.DEQUANTIZE and source in in_float:
            renamed[target] = in_float[source]
        else:
            rewritten.append(operator)

    for operator in rewritten:
        operator.inputs = [renamed.get(int(index), int(index)) for index in operator.inputs]
    graph.outputs = [renamed.get(int(index), int(index)) for index in graph.outputs]
    for named in model.signatureDefs[0].outputs:
        named.tensorIndex = renamed.get(int(named.tensorIndex), int(named.tensorIndex))
    wanted = {index for operator in rewritten for index in operator.inputs} | set(graph.outputs)
    graph.operators = [operator for operator in rewritten if int(operator.outputs[0]) in wanted]
