"""The engine on the processor that a shipped model is measured with."""

from __future__ import annotations

from covidviewer.errors import DeviceUnavailable
from covidviewer.inference.bundle import Bundle
from covidviewer.inference.classifier import Classifier
from covidviewer.inference.engines.litert import LiteRtProcessor
from covidviewer.inference.engines.openvino import OpenVinoProcessor


def processor(bundle: Bundle) -> Classifier:
    """OpenVINO where it is installed, which the program changes to where it is faster; else LiteRT."""
    try:
        return OpenVinoProcessor(bundle.model_file, bundle.card.sha256)
    except DeviceUnavailable:
        return LiteRtProcessor(bundle.model_file)
