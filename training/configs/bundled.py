"""The bundled model: the last stage of the CT-pretrained network learns labels and opacities together.

    python -m training train --data DATA/sars-cov-2-ct --extra DATA/extra-ct/luna --outlined DATA/segmentation \\
        --config bundled --weights ct --split training/splits/random-80-10-10.json --out runs/bundled

Every batch holds labelled slices, clear slices of another source, half of them with synthetic opacities, and slices of
other patients with outlined lesions. What the frozen layers make of each slice is kept on disk for all folds and seeds;
how this compares with training more layers at fewer pixels is in `docs/experiments.md`.
"""

from training.network.config import Config, Phase

CONFIG = Config(
    name="bundled",
    phases=(
        Phase(
            "last stage, 224 px",
            size=224,
            epochs=6,
            peak_rate=3e-4,
            batch=26,
            extra=8,
            lesioned=4,
            trained_from="conv5",
            kept=4,
        ),
    ),
    weight_decay=0.02,
    drawn=0.0,
    average=0.98,
    head_scale=16.0,
    form="v1.5",
    pooling="lungs",
    frozen_statistics=True,
    lesion_weight=1.0,
)
