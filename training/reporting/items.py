"""The report's seventeen parts, and which items of CLAIM 2024 (1 to 44) and TRIPOD+AI (1 to 27) each answers."""

from __future__ import annotations

from dataclasses import dataclass

CLAIM_ITEMS, TRIPOD_ITEMS = 44, 27


@dataclass(frozen=True)
class Part:
    """One part of the report: its anchor in the page, its title, and the checklist items that it answers."""

    anchor: str
    title: str
    claim: tuple[int, ...]
    tripod: tuple[int, ...]


PARTS = (
    Part("purpose", "What it is for, and the summary", (1, 2, 3, 4, 5, 6), (1, 2, 3, 4)),
    Part("data", "Data", (7, 8, 11, 12, 13, 14, 15, 16, 17, 18, 35, 36), (5, 6, 8, 11, 20)),
    Part("samples", "Samples, sizes, exposure, and the baselines", (21,), (9, 10)),
    Part("partition", "Preprocessing and partition", (9, 10, 19, 20), (7, 16)),
    Part("training", "Network and training", (22, 23, 24, 25, 27), (12, 13, 21, 22)),
    Part("selection", "Choice of model and threshold", (26,), (15,)),
    Part("results", "Results beside the paper's", (28, 29, 32, 37, 38), (23,)),
    Part("calibration", "Calibration", (28, 29), (12, 23)),
    Part("decisions", "Operating points and decision curve", (28, 38), (12,)),
    Part("protocols", "Four protocols and the baselines", (33, 37), (12, 23)),
    Part("robustness", "Robustness", (30,), (12,)),
    Part("strangers", "Pictures that must be refused, and subgroups", (30, 36), (14, 23)),
    Part("failures", "Failure analysis", (39,), (23,)),
    Part("explanation", "Explanation", (31,), (12,)),
    Part("engines", "float32 against int8, processor against graphics processor", (30,), (24,)),
    Part("limits", "Limits, risks, ethics", (34, 40, 41, 44), (3, 14, 17, 18, 19, 25, 26, 27)),
    Part("versions", "Versions, command, and the checklists", (23, 42, 43), (18,)),
)


def items_text(part: Part) -> str:
    """ "CLAIM 2024: 9, 10; TRIPOD+AI: 7, 16"."""
    claim, tripod = (", ".join(str(item) for item in items) for items in (part.claim, part.tripod))
    return f"CLAIM 2024: {claim}; TRIPOD+AI: {tripod}"


def answered_in(item: int, checklist: str) -> tuple[Part, ...]:
    """The parts that answer an item of "claim" or "tripod"."""
    return tuple(part for part in PARTS if item in (part.claim if checklist == "claim" else part.tripod))
