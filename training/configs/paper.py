"""The paper's recipe to the letter: ResNet101, ImageNet weights, global max pooling, Dense(2), Adamax, batches of 16.

    python -m training train --data DATA/sars-cov-2-ct --config paper --weights imagenet \\
        --split training/splits/random-80-10-10.json --out runs/paper

Whole pictures squeezed to 224 x 224, horizontal flip, categorical cross-entropy. First the head alone on a frozen base,
then all weights, then training and validation slices together. Test and validation are predicted in batches computed
from their length. The paper does not state epochs and learning rates: these are Adamax' default, and a tenth of it once
the base may change. Expected, from the paper: validation 241 to 245 of 248, test 237 to 238 of 249. Not run by us:
ImageNet's weights cannot be fetched where the bundled model is made.
"""

from dataclasses import replace

from training.batches.augment import NONE
from training.network.config import Config, Phase
from training.network.network import HEAD

CONFIG = Config(
    name="paper",
    phases=(
        Phase(
            "head, base frozen",
            size=224,
            epochs=10,
            peak_rate=1e-3,
            batch=16,
            extra=0,
            constant=True,
            trained_from=HEAD,
        ),
        Phase("all weights", size=224, epochs=20, peak_rate=1e-4, batch=16, extra=0, constant=True),
        Phase(
            "training and validation combined",
            size=224,
            epochs=5,
            peak_rate=1e-4,
            batch=16,
            extra=0,
            constant=True,
            with_validation=True,
        ),
    ),
    optimizer="adamax",
    weight_decay=0.0,
    label_smoothing=0.0,
    clip_norm=None,
    framed=False,
    drawn=0.0,
    average=0.0,
    head_scale=1.0,
    augmentation=replace(NONE, flip=True),
)
