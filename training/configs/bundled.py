"""The bundled model: the upper half of the CT-pretrained network learns labels and opacities together.

    python -m training train --data DATA/sars-cov-2-ct --extra DATA/extra-ct/luna --outlined DATA/segmentation \\
        --config bundled --weights ct --split training/splits/random-80-10-10.json --out runs/bundled

Every batch holds labelled slices, clear slices of another source, half of them with synthetic opacities, and slices of
other patients with outlined lesions. It is trained at 160 px, where what the lower half computes fits on the disk for
all folds and seeds, and applied at 224 px, where it is better (`docs/experiments.md`).
"""

from training.network.config import Config, Phase

CONFIG = Config(
    name="bundled",
    phases=(
        Phase(
            "upper half, 160 px",
            size=160,
            epochs=4,
            peak_rate=2e-4,
            batch=26,
            extra=8,
            lesioned=4,
            trained_from="conv4_block12",
            kept=4,
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
