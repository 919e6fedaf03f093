"""The network's layers as single PyTorch kernels, for Keras on its PyTorch backend.

The same functions and the same weights as Keras' own layers; only the arithmetic is put together differently. Measured
on two AMX cores, ResNet101 at 112 px, batch 64, mixed bfloat16: 10 pictures/s with Keras' layers, 25 with these. Other
backends do not use them.
"""

from __future__ import annotations

from typing import Any

import keras
import torch
import torch.nn.functional as F  # noqa: N812 - PyTorch's own name for it

from training.network.resnet import FrozenNormalization


def plain(variable: Any) -> torch.Tensor:
    """The tensor in a Keras variable, cast to the compute type when autocast is on."""
    return variable if isinstance(variable, torch.Tensor) else variable.value


class FusedConvolution(keras.layers.Conv2D):  # type: ignore[misc]  # Keras is untyped
    """Convolution and bias in one kernel, channels last; 1x1 as a matrix product."""

    def call(self, inputs: Any) -> Any:
        """(n, rows, columns, channels) -> (n, rows', columns', filters)."""
        kernel, bias = plain(self.kernel).to(inputs.dtype), plain(self.bias).to(inputs.dtype)
        if self.kernel_size == (1, 1):
            if self.strides != (1, 1):
                inputs = inputs[:, :: self.strides[0], :: self.strides[1]].contiguous()
            return F.linear(inputs, kernel[0, 0].t(), bias)
        outputs = F.conv2d(inputs.permute(0, 3, 1, 2), kernel.permute(3, 2, 0, 1), bias, self.strides, self.padding)
        return outputs.permute(0, 2, 3, 1)

    def compute_output_spec(self, inputs: Any) -> Any:
        """Shape and type without computing."""
        return keras.KerasTensor(self.compute_output_shape(inputs.shape), self.compute_dtype)


class FusedNormalization(keras.layers.BatchNormalization):  # type: ignore[misc]
    """Batch normalisation over the last axis in one kernel."""

    frozen = False
    """Whether mean and variance stay as they are while training."""

    def call(self, inputs: Any, training: bool | None = None, mask: Any = None) -> Any:  # noqa: ARG002 - Keras' signature
        """(n, rows, columns, channels) -> same."""
        outputs = F.batch_norm(
            inputs.permute(0, 3, 1, 2),
            self.moving_mean.value,
            self.moving_variance.value,
            self.gamma.value,
            self.beta.value,
            bool(training) and self.trainable and not self.frozen,
            1 - self.momentum,
            self.epsilon,
        )
        return outputs.permute(0, 2, 3, 1)

    def compute_output_spec(self, inputs: Any, training: bool | None = None, mask: Any = None) -> Any:  # noqa: ARG002
        """Shape and type without computing."""
        return keras.KerasTensor(inputs.shape, inputs.dtype)


class FusedFrozenNormalization(FusedNormalization):
    """`resnet.FrozenNormalization` in one kernel."""

    frozen = True


FUSED: dict[Any, Any] = {
    keras.layers.Conv2D: FusedConvolution,
    keras.layers.BatchNormalization: FusedNormalization,
    FrozenNormalization: FusedFrozenNormalization,
}
"""Keras' layer -> its fused form, which takes the same configuration."""
