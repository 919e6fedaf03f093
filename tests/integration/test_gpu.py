"""LiteRT on the graphics processor: SwiftShader computes as the processor does, and what cannot compute falls back.

SwiftShader is Vulkan in software; Debian's package chromium-common has it. COVIDVIEWER_SWIFTSHADER names its library
elsewhere. The loader reads its environment once a process, so each case is a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.inference.small_model import small_bundle

SWIFTSHADER = Path(os.environ.get("COVIDVIEWER_SWIFTSHADER", "/usr/lib/chromium/libvk_swiftshader.so"))
CASE = """
import json, sys
from pathlib import Path
import numpy as np
from covidviewer.inference.bundle import load_bundle
from covidviewer.inference.engines.compiled_cache import CompiledStore
from covidviewer.inference.engines.measurements import EngineMemory
from covidviewer.inference.engines.choice import Engines
from covidviewer.inference.engines.litert import LiteRtProcessor
from covidviewer.inference.selfcheck import drawn_input
bundle, cache = load_bundle(Path(sys.argv[1])), Path(sys.argv[2])
engines = Engines(bundle, EngineMemory(cache / "engines.json"), CompiledStore(cache))
classifier, report = engines.choose(device="gpu")
inputs = np.stack([drawn_input(9)])
found, wanted = classifier.predict(inputs), LiteRtProcessor(bundle.model_file).predict(inputs)
off = float(np.linalg.norm(found.features - wanted.features) / np.linalg.norm(wanted.features))
print(json.dumps({"device": classifier.device, "notice": report.notice, "off": off}))
"""


def choose_gpu(model: Path, folder: Path, driver: Path | None) -> dict[str, str | float]:
    """Ask for the graphics processor in a process that sees this Vulkan driver alone; what it said."""
    manifest = folder / "driver.json"
    content = {"library_path": str(driver), "api_version": "1.1.0"}
    manifest.write_text(json.dumps({"file_format_version": "1.0.0", "ICD": content}), encoding="utf-8")
    drivers = str(manifest if driver else folder / "no-driver.json")
    places = {"VK_DRIVER_FILES": drivers, "VK_ICD_FILENAMES": drivers, "XDG_RUNTIME_DIR": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", CASE, str(model), str(folder)],
        env=os.environ | places,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, str | float] = json.loads(done.stdout)  # nothing else may stand on standard output
    return said


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_bundle(tmp_path_factory.mktemp("model")).model_file.parent


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux: SwiftShader through the Vulkan loader")
@pytest.mark.skipif(not SWIFTSHADER.exists(), reason="SwiftShader is missing: apt-get install chromium-common")
def test_swiftshader_computes_what_the_processor_computes(model: Path, tmp_path: Path) -> None:
    said = choose_gpu(model, tmp_path, SWIFTSHADER)
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
