"""Without drawn opacities, and so without the clear slices of the other source. See `training.configs.small`."""

from dataclasses import replace

from training.configs.small.all_parts import CONFIG as ALL_PARTS

CONFIG = replace(ALL_PARTS, name="small, nothing drawn", drawn=0.0, phases=(replace(ALL_PARTS.phases[0], extra=0),))
