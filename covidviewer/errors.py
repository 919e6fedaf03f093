"""The one family of errors that a person may see: each is a single sentence with its fields.

Readers, the model bundle and the services raise only these. The sentence is `template` filled with
`fields`, so that the window can translate the template and keep the fields; nothing here knows of Qt.
"""

from __future__ import annotations

from typing import ClassVar


class CovidViewerError(Exception):
    """Base of all errors shown to people.

    Parameters
    ----------
    template
        One English sentence, with `str.format` places for `fields`: what happened, why, what to do.
    **fields
        Values for the places. Never the patient's name or another identifying value.
    """

    kind: ClassVar[str] = "error"

    def __init__(self, template: str, **fields: object) -> None:
        self.template = template
        self.fields = fields
        super().__init__(template.format(**fields))


class UnreadableFile(CovidViewerError):
    """The file cannot be opened, or is damaged: missing, empty, truncated, no permission."""

    kind = "unreadable"


class UnsupportedImage(CovidViewerError):
    """The file is intact, but is not a picture that this program shows: a report, a PDF, a video."""

    kind = "unsupported"


class BrokenModel(CovidViewerError):
    """The bundled model is missing, damaged, or computes wrong values on the processor too."""

    kind = "broken-model"


class DeviceUnavailable(CovidViewerError):
    """An engine or device cannot be used here; another one takes its place."""

    kind = "device-unavailable"


class OutputUnwritable(CovidViewerError):
    """A result cannot be written: no space, no permission, a file that is not ours."""

    kind = "output-unwritable"
