"""Without texture jitter. See `training.configs.small`."""

from dataclasses import replace

from training.configs.small.all_parts import CONFIG as ALL_PARTS

CONFIG = replace(ALL_PARTS, name="small, no texture", augmentation=replace(ALL_PARTS.augmentation, texture=0.0))
