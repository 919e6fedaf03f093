"""The bundled model: the last stage and the head learn the labels, on what `training.configs.opacities` left.

    python -m training train --data DATA/sars-cov-2-ct --extra DATA/extra-ct/luna --outlined DATA/segmentation \\
        --config bundled --weights runs/opacities/last.npz --split training/splits/random-80-10-10.json \\
        --out runs/bundled
"""

from training.network.config import Config, Phase

CONFIG = Config(
    name="bundled",
    after="opacities",
    phases=(
        Phase(
            "last stage, 224 px",
            size=224,
            epochs=3,
            peak_rate=2e-4,
            batch=26,
            extra=6,
            lesioned=6,
            trained_from="conv5",
            kept=3,
        ),
    ),
    weight_decay=0.02,
    drawn=0.0,
    head_scale=16.0,
    form="v1.5",
    pooling="lungs",
    frozen_statistics=True,
    lesion_weight=1.0,
)
