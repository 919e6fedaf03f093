"""LiteRT on the graphics processor: SwiftShader computes as the processor does, and what cannot compute falls back."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from covidviewer.inference.card import Pooling
from tests.integration.software_vulkan import SWIFTSHADER, choose_gpu
from tests.unit.inference.small_model import small_bundle


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_bundle(tmp_path_factory.mktemp("model")).model_file.parent


@pytest.fixture(scope="module", params=list(Pooling))
def pooled_model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Once with each way of pooling."""
    return small_bundle(tmp_path_factory.mktemp("model"), request.param).model_file.parent


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux: SwiftShader through the Vulkan loader")
@pytest.mark.skipif(not SWIFTSHADER.exists(), reason="SwiftShader is missing: apt-get install chromium-common")
def test_swiftshader_computes_what_the_processor_computes(pooled_model: Path, tmp_path: Path) -> None:
    said = choose_gpu(pooled_model, tmp_path, SWIFTSHADER)
    assert str(said["device"]).startswith("GPU (SwiftShader")
    assert said["notice"] == ""
    assert float(said["off"]) < 0.05


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux: the Vulkan loader's variables")
def test_without_a_driver_the_processor_computes_and_the_sentence_says_so(model: Path, tmp_path: Path) -> None:
    said = choose_gpu(model, tmp_path, None)
    assert str(said["device"]).startswith("CPU")
    assert str(said["notice"]).startswith("No suitable GPU")
    assert said["off"] == 0.0


LLVMPIPE = Path("/usr/lib/x86_64-linux-gnu/libvulkan_lvp.so")


@pytest.mark.skipif(not LLVMPIPE.exists(), reason="only on Debian with mesa-vulkan-drivers: llvmpipe")
def test_llvmpipe_which_lacks_what_is_needed_falls_back(model: Path, tmp_path: Path) -> None:
    said = choose_gpu(model, tmp_path, LLVMPIPE)
    assert str(said["device"]).startswith("CPU")
    assert str(said["notice"]).startswith("No suitable GPU")
