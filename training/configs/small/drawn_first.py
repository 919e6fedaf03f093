"""First opacities alone, drawn into clear slices of the other source, then the recipe. See `training.configs.small`."""

from dataclasses import replace

from training.configs.small.all_parts import CONFIG as ALL_PARTS
from training.network.config import Phase

FIRST = Phase(
    "drawn opacities alone", size=112, blocks=(1, 1, 1, 1), epochs=12, peak_rate=1e-3, batch=0, extra=40, strength=0.7
)
CONFIG = replace(ALL_PARTS, name="small, drawn opacities first", phases=(FIRST, *ALL_PARTS.phases))
