"""What the view shows at this moment: one mutable record that tools change and layers paint."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSizeF
from PySide6.QtGui import QImage

from covidviewer.ui.view.view_transform import ViewportGeometry, ViewTransform, pixel_size

if TYPE_CHECKING:
    from covidviewer.imaging.lungs.box import Box
    from covidviewer.imaging.slices import Slice, VoiWindow
    from covidviewer.ui.view.corners import Corners
    from covidviewer.ui.view.measurements import Measurement, Point


class Texts(Enum):
    """How much stands in the corners."""

    ALL = "all"
    MINIMAL = "minimal"
    NONE = "none"


@dataclass
class Scene:
    """Everything the layers need; `None` means that there is nothing of the kind.

    Attributes
    ----------
    slice
        The slice, its values for probe and regions.
    picture
        It as drawn, in the window in force (RGB32).
    window, inverted
        The window in force, and whether bright and dark are exchanged by the reader.
    heat, heat_peak
        Heat map (ARGB32), as large as the picture and clear outside of the lungs, and the logit share at the end of
        its colour bar.
    heat_colours, heat_opacity
        The pair of colours by its id, and 0..1.
    tissue
        Lung hull and opacity bands (ARGB32), as large as the picture.
    box
        What the model saw, or where a person is moving it.
    measurements, drawn
        Finished ones, and the one that is being drawn.
    cross
        The image point of the linked cursor, or None.
    focused
        The view has the keyboard.
    show_lens, lens
        Whether the magnifier is out, and the widget point (x, y) under the pointer while it is.
    peek
        Space is held: nothing but the picture.
    """

    slice: Slice | None = None
    picture: QImage | None = None
    window: VoiWindow | None = None
    inverted: bool = False
    view_transform: ViewTransform = field(default_factory=ViewTransform)
    texts: Texts = Texts.ALL
    corners: Corners | None = None
    heat: QImage | None = None
    heat_peak: float = 0.0
    heat_colours: str = "orange-blue"
    heat_opacity: float = 0.6
    tissue: QImage | None = None
    box: Box | None = None
    show_heat: bool = False
    show_tissue: bool = False
    show_box: bool = False
    cross: Point | None = None
    focused: bool = False
    show_lens: bool = False
    lens: tuple[float, float] | None = None
    peek: bool = False
    measurements: tuple[Measurement, ...] = ()
    drawn: Measurement | None = None

    def viewport_geometry(self, viewport: QSizeF) -> ViewportGeometry | None:
        """Picture and widget together, or None without a picture."""
        if self.slice is None:
            return None
        return ViewportGeometry(self.slice.rows, self.slice.columns, pixel_size(self.slice.spacing_mm), viewport)

    def to_image(self, at: QPointF, viewport: QSizeF) -> Point | None:
        """The image point under a widget point."""
        viewport_geometry = self.viewport_geometry(viewport)
        if viewport_geometry is None:
            return None
        inverse, possible = self.view_transform.to_widget(viewport_geometry).inverted()
        if not possible:
            return None
        point = inverse.map(at)
        return (point.x(), point.y())
