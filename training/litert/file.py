"""Reading and editing a LiteRT file through its flatbuffer schema: what the converter has no switch for.

Knows flatbuffers and NumPy only; neither Keras nor TensorFlow. A file is passed as `bytes` and comes back as `bytes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema
from numpy.typing import NDArray

IDENTIFIER = b"TFL3"
CODES, TYPES = schema.BuiltinOperator, schema.TensorType
"""The schema's numbers of operators and of tensors' types, for modules that edit what is read here."""
VALID = schema.Padding.VALID
SEVEN_BITS = 63
"""Largest weight after `within_seven_bits`: 2 x 63 x 255 fits int16.

In which processors without VNNI add pairs of products.
"""


@dataclass(frozen=True)
class Convolution:
    """One CONV_2D of a graph.

    Attributes
    ----------
    kernel, stride
        (rows, columns).
    channels
        (in, out).
    weight_type
        NumPy name of the stored weights: "int8", "float32".
    largest_weight
        Largest stored magnitude.
    """

    kernel: tuple[int, int]
    stride: tuple[int, int]
    channels: tuple[int, int]
    weight_type: str
    largest_weight: float


def read(data: bytes) -> Any:
    """The file as a mutable `ModelT`. Raises ValueError for a file of another kind."""
    if data[4:8] != IDENTIFIER:
        raise ValueError("not a LiteRT file")
    return schema.ModelT.InitFromPackedBuf(data, 0)


def write(model: Any) -> bytes:
    """A `ModelT` as a file."""
    builder = flatbuffers.Builder(1 << 20)
    builder.Finish(model.Pack(builder), file_identifier=IDENTIFIER)
    return bytes(builder.Output())


def operators(model: Any) -> Iterator[tuple[Any, int]]:
    """(operator, builtin code) of the first graph, in order."""
    for operator in model.subgraphs[0].operators:
        yield operator, number_of(model.operatorCodes[operator.opcodeIndex])


def number_of(entry: Any) -> int:
    """An operator's number, which old files keep in another field."""
    return int(max(entry.builtinCode, entry.deprecatedBuiltinCode))


def convolution_operators(model: Any) -> Iterator[Any]:
    """The CONV_2D operators of the first graph, in order; their inputs are picture, weights and bias."""
    return (operator for operator, code in operators(model) if code == CODES.CONV_2D)


def convolution_name(model: Any, operator: Any) -> str:
    """The Keras layer that a CONV_2D came from, "conv2_block1_3_conv": its weights keep the name. Raises ValueError
    where they do not.
    """
    name = text_of(model.subgraphs[0].tensors[operator.inputs[1]].name)
    if found := re.search(r"/(conv\d(?:_block\d+_\d)?_conv)", name):
        return found[1]
    raise ValueError(f"no convolution of the network: {name}")


def tensor_values(model: Any, index: int) -> NDArray[Any]:
    """A constant tensor's stored values: int8, int32 or float32 in the tensor's shape."""
    tensor = model.subgraphs[0].tensors[index]
    types = {TYPES.INT8: np.int8, TYPES.INT32: np.int32, TYPES.FLOAT32: np.float32}
    stored = np.asarray(model.buffers[tensor.buffer].data, np.uint8)
    return stored.view(types[tensor.type]).reshape(tuple(tensor.shape))


def convolutions(data: bytes) -> tuple[Convolution, ...]:
    """Every convolution of the file, read from its graph."""
    model = read(data)
    found = []
    for operator in convolution_operators(model):
        weights = tensor_values(model, operator.inputs[1])
        filters, rows, columns, channels = weights.shape
        options = operator.builtinOptions
        found.append(
            Convolution(
                (rows, columns),
                (options.strideH, options.strideW),
                (channels, filters),
                weights.dtype.name,
                float(np.abs(weights.astype(np.float64)).max()),
            )
        )
    return tuple(found)


def within_seven_bits(data: bytes) -> bytes:
    """The same network with its int8 convolution weights in -63..63.

    Weights shrink by 63/127, their scales grow by 127/63, and the int32 biases, whose scale is input scale times
    weight scale, follow. Without it x86 processors that lack VNNI saturate in silence.
    """
    model = read(data)
    tensors = model.subgraphs[0].tensors
    done: set[int] = set()
    buffers: set[int] = set()
    factor = SEVEN_BITS / 127
    for operator in convolution_operators(model):
        for index, type_ in ((operator.inputs[1], np.int8), (operator.inputs[2], np.int32)):
            tensor = tensors[index]
            if index in done or tensor_values(model, index).dtype != type_:
                continue
            done.add(index)
            if tensor.buffer not in buffers:  # equal constants are stored once, under several tensors
                buffers.add(tensor.buffer)
                shrunk = np.rint(tensor_values(model, index).astype(np.float64) * factor).astype(type_)
                model.buffers[tensor.buffer].data = np.frombuffer(shrunk.tobytes(), np.uint8)
            scale = np.asarray(tensor.quantization.scale, np.float64) / factor
            tensor.quantization.scale = scale.astype(np.float32)
    return write(model)


def append_head(data: bytes, kernel: NDArray[np.float32], bias: NDArray[np.float32]) -> bytes:
    """Append softmax(features @ kernel + bias) in float32 as a third output, "probabilities".

    A quantised softmax has steps of 1/256, and a quantised dense layer as coarse a logit; in float the head costs
    nothing.

    Parameters
    ----------
    data
        A file with one signature and the float output "features" (1, c).
    kernel, bias
        (c, classes) and (classes,).
    """
    model = read(data)
    graph, signature = model.subgraphs[0], model.signatureDefs[0]
    features = output_named(model, "features")
    classes = len(bias)
    weights = add_tensor(model, "head/kernel", kernel.T.shape, np.ascontiguousarray(kernel.T, np.float32))
    offset = add_tensor(model, "head/bias", (classes,), np.ascontiguousarray(bias, np.float32))
    logits = add_tensor(model, "head/logits", (1, classes), None)
    probabilities = add_tensor(model, "probabilities", (1, classes), None)

    dense = schema.FullyConnectedOptionsT()
    softmax = schema.SoftmaxOptionsT()
    softmax.beta = 1.0
    kinds = schema.BuiltinOptions
    graph.operators += [
        new_operator(
            model, CODES.FULLY_CONNECTED, [features, weights, offset], logits, kinds.FullyConnectedOptions, dense
        ),
        new_operator(model, CODES.SOFTMAX, [logits], probabilities, kinds.SoftmaxOptions, softmax),
    ]
    add_output(model, "probabilities", probabilities)
    for named in (*signature.inputs, *signature.outputs):  # OpenVINO reads tensors' names, not the signature's
        graph.tensors[named.tensorIndex].name = named.name
    return write(model)


def add_output(model: Any, name: str, index: int) -> None:
    """Let the first graph, and its signature, also return a tensor."""
    graph, signature = model.subgraphs[0], model.signatureDefs[0]
    graph.outputs = [*graph.outputs, index]
    entry = schema.TensorMapT()
    entry.name, entry.tensorIndex = name, index
    signature.outputs.append(entry)


def output_named(model: Any, name: str) -> int:
    """The tensor that the signature returns under a name. Raises StopIteration where there is none."""
    return next(int(one.tensorIndex) for one in model.signatureDefs[0].outputs if text_of(one.name) == name)


def dense_head(data: bytes) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The kernel (c, classes) and bias (classes,) that `append_head` wrote. Raises KeyError where there is none."""
    model = read(data)
    places = {text_of(tensor.name): index for index, tensor in enumerate(model.subgraphs[0].tensors)}
    return tensor_values(model, places["head/kernel"]).T.copy(), tensor_values(model, places["head/bias"])


def text_of(value: str | bytes) -> str:
    """A name in the file: bytes as it was read, text where it was given here."""
    return value.decode() if isinstance(value, bytes) else value


def add_tensor(
    model: Any, name: str, shape: Sequence[int], values: NDArray[np.float32] | NDArray[np.int32] | None
) -> int:
    """Append a tensor to the first graph, constant when it has values, else float32; returns its index."""
    buffer = schema.BufferT()
    if values is not None:
        buffer.data = np.frombuffer(values.tobytes(), np.uint8)
    model.buffers.append(buffer)
    tensor = schema.TensorT()
    whole = values is not None and values.dtype == np.int32
    tensor.name, tensor.shape, tensor.type = name, list(shape), TYPES.INT32 if whole else TYPES.FLOAT32
    tensor.buffer = len(model.buffers) - 1
    tensors = model.subgraphs[0].tensors
    tensors.append(tensor)
    return len(tensors) - 1


def new_operator(model: Any, code: int, inputs: Sequence[int], output: int, kind: int = 0, options: Any = None) -> Any:
    """An operator for the caller to put into the graph; the model lists its code from then on.

    `kind` and `options` are the schema's, where the operator has options.
    """
    operator = schema.OperatorT()
    operator.opcodeIndex = listed_code(model, code)
    operator.inputs, operator.outputs = list(inputs), [output]
    operator.builtinOptionsType, operator.builtinOptions = kind, options
    return operator


def options_of(kind: str, **values: int | bool) -> tuple[int, Any]:
    """An operator's options by the schema's name for them ("Conv2DOptions"), as `new_operator` takes them."""
    options = getattr(schema, f"{kind}T")()
    for name, value in values.items():
        setattr(options, name, value)
    return getattr(schema.BuiltinOptions, kind), options


def listed_code(model: Any, code: int) -> int:
    """Where the model lists an operator's code, in the version that the converter uses; a code that it does not use is
    added in its first version.
    """
    for index, entry in enumerate(model.operatorCodes):
        if number_of(entry) == code:
            return index
    entry = schema.OperatorCodeT()
    entry.builtinCode = entry.deprecatedBuiltinCode = code
    entry.version = 1
    model.operatorCodes.append(entry)
    return len(model.operatorCodes) - 1
