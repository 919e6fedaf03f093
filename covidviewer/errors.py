"""The one family of errors that a person may see: each is a single sentence with its fields.

Readers, the model bundle and the services raise only these. The sentence is `template` filled with
`fields`, so that the window can translate the template and keep the fields; nothing here knows of Qt.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self


class Sentence(str):
    """An English sentence that remembers how it was filled, so that the window can say it in another language.

    Parameters
    ----------
    template
        The sentence, with `str.format` places for `fields`.
    **fields
        Values for the places; a value that is English text itself may be translated too.
    """

    __slots__ = ("fields", "template")

    def __new__(cls, template: str, /, **fields: object) -> Self:
        made = super().__new__(cls, template.format(**fields))
        made.template, made.fields = template, fields
        return made

    template: str
    fields: dict[str, object]

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, object]]:
        return (self.template,), self.fields


class CovidViewerError(Exception):
    """Base of all errors shown to people.

    Parameters
    ----------
    template
        One English sentence, with `str.format` places for `fields`: what happened, why, what to do. Or a `Sentence`.
    **fields
        Values for the places. Never the patient's name or another identifying value.
    """

    kind: ClassVar[str] = "error"

    def __init__(self, template: str, **fields: object) -> None:
        if isinstance(template, Sentence):
            fields = template.fields
            template = template.template
        self.template = template
        self.fields = fields
        super().__init__(template.format(**fields))

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process gets the template and the fields, not the filled sentence."""
        return _remade, (type(self), self.template, self.fields)

    def __str__(self) -> str:
        """The sentence, filled."""
        return Sentence(self.template, **self.fields)


def _remade(kind: type[CovidViewerError], template: str, fields: dict[str, object]) -> CovidViewerError:
    return kind(template, **fields)


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
