"""Whole pictures squeezed to a square, mirrored at random: neither hull, calibration nor drawing. See
`training.configs.small`."""

from dataclasses import replace

from training.batches.augment import NONE
from training.configs.small.no_drawn import CONFIG as NO_DRAWN

CONFIG = replace(NO_DRAWN, name="small, whole pictures", framed=False, augmentation=replace(NONE, flip=True))
