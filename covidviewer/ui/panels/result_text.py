"""A result in words that a careful person would use. Pure: a Result and a card in, texts out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from covidviewer.inference.engines.names import ENGINE_NAMES
from covidviewer.inference.training_parts import SENTENCES
from covidviewer.texts import N_
from covidviewer.ui.figures import milliseconds, percent, signed
from covidviewer.ui.translation import tr

if TYPE_CHECKING:
    from covidviewer.imaging.lungs.opacity import Opacity, OpacityBand
    from covidviewer.imaging.slices import Geometry
    from covidviewer.inference.card import ModelCard
    from covidviewer.inference.results import Result


@dataclass(frozen=True)
class ResultText:
    """What the head of the result panel says.

    Attributes
    ----------
    icon
        scored, indeterminate or failed.
    headline
        The outcome in two or three words.
    score
        "87 %", or '' without a score.
    band, outside
        From the card: the words of the score's band, and how other sources' slices score; '' without a score.
    reason
        Why there is no score, or ''.
    known
        That the model was made from this very slice, or ''.
    above
        The score reaches the card's threshold.
    """

    icon: str
    headline: str
    score: str = ""
    band: str = ""
    outside: str = ""
    reason: str = ""
    known: str = ""
    above: bool = False


def result_text(result: Result, card: ModelCard | None) -> ResultText:
    """The head of the panel for one result."""
    if result.p_covid is None:
        if result.outcome == "failed":
            return ResultText("failed", tr("Not analysed"), reason=tr(result.reason))
        return ResultText("indeterminate", tr("No score for this slice"), reason=tr(result.reason))
    from covidviewer.inference.card_text import outside_sentence

    return ResultText(
        icon="scored",
        headline=tr("COVID-19 likeness"),
        score=percent(result.p_covid),
        band=tr(card.band_word(result.p_covid)) if card else "",
        outside=tr(outside_sentence(card, result.p_covid)) if card else "",
        known=tr(SENTENCES[result.training_set]) if result.training_set else "",
        above=card is not None and result.p_covid >= card.threshold,
    )


def opacity_text(opacity: Opacity, geometry: Geometry | None) -> str:
    """ "12 % of the lungs' area on this slice (patient's left 15, right 9), estimated"

    Of a picture that does not say how the patient lies, the sides are those of the picture as it lies in its file,
    however it is mirrored or turned on the screen.
    """
    from covidviewer.imaging.lungs.standard_view import is_axial

    shares = {"left": opacity.left, "right": opacity.right}
    whose = tr("in the stored image")
    if geometry is not None and is_axial(geometry):  # measured as seen from the feet, however it is stored
        whose = tr("patient's")
        shares = {"left": opacity.right, "right": opacity.left}
    sides = [
        tr(word, share=round(share * 100))
        for word, share in ((N_("left {share}"), shares["left"]), (N_("right {share}"), shares["right"]))
        if share is not None
    ]
    text = tr("{share} % of the lung area on this slice", share=round(opacity.share * 100))
    if sides:
        text += f" ({whose} {', '.join(sides)})"
    return text + (tr(", estimated") if opacity.calibration == "estimated" else "")


def band_text(opacity: Opacity) -> str:
    """Every density band with its limits and its share of the lungs' area, a line each; then what the whole is not."""
    from covidviewer.imaging.lungs.opacity import OPACITY_BANDS

    lines = [band_line(band, share) for band, share in zip(OPACITY_BANDS, opacity.bands, strict=True)]
    vessels = percent(max(0.0, 1 - sum(opacity.bands)))
    lines.append(tr("{name}: {share}", name=tr("vessels"), share=vessels))
    if opacity.calibration == "estimated":
        lines.append(tr("Densities are estimated: the image has no Hounsfield units."))
    lines.append(
        tr("Dense regions broadly continuous with the heart or mediastinum are treated as mediastinum and excluded.")
    )
    lines.append(tr("An area on this slice, not a measure of severity and not a diagnosis."))
    return "\n".join(lines)


def band_line(band: OpacityBand, share: float) -> str:
    """ "ground glass (−750 to −300 HU): 9 %" """
    limits = (
        tr("below {high} HU", high=signed(band.high_hu, 0))
        if band.low_hu is None
        else tr("{low} to {high} HU", low=signed(band.low_hu, 0), high=signed(band.high_hu, 0))
    )
    return tr("{name} ({limits}): {share}", name=tr(band.name), limits=limits, share=percent(share))


def who_computed(result: Result) -> str:
    """Engine, device, time and model version on one line; '' when nothing was computed."""
    if not result.engine:
        return ""
    engine = ENGINE_NAMES.get(result.engine, result.engine)
    parts = (engine, tr(result.device), milliseconds(result.milliseconds), result.model_version)
    return " · ".join(part for part in parts if part)
