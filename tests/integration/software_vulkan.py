"""LiteRT on the graphics processor in a process of its own, with one Vulkan driver: SwiftShader, or none.

SwiftShader is Vulkan in software; Debian's package chromium-common has it. COVIDVIEWER_SWIFTSHADER names its library
elsewhere. The loader reads its environment once a process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

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
from covidviewer.inference.selfcheck import synthetic_input
bundle, cache = load_bundle(Path(sys.argv[1])), Path(sys.argv[2])
engines = Engines(bundle, EngineMemory(cache / "engines.json"), CompiledStore(cache))
classifier, report = engines.choose(device="gpu")
inputs = np.stack([synthetic_input(9)])
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
