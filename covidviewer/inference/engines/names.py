"""What people call the engines. Imports nothing, so that the window may say them before NumPy is there."""

from __future__ import annotations

from typing import Final

ENGINE_NAMES: Final = {"litert": "LiteRT", "openvino": "OpenVINO"}
"""By the engine's word on the command line and in tables."""
