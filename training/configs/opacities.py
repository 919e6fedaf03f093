"""First stretch of the bundled model: the CT-pretrained network learns what an opacity is, and where.

    python -m training train --data DATA/sars-cov-2-ct --extra DATA/extra-ct/luna --outlined DATA/segmentation \\
        --config opacities --weights ct --split training/splits/random-80-10-10.json --out runs/opacities

No slice of the labelled data set is trained on (it only watches), so the same weights serve every fold. Clear slices of
one source, half of them with opacities drawn in, and slices of other patients whose lesions people outlined.
"""

from training.network.config import Config, Phase

CONFIG = Config(
    name="opacities",
    phases=(
        Phase("all layers, 160 px", size=160, epochs=5, passes=2, peak_rate=1.5e-4, batch=0, extra=20, lesioned=10),
    ),
    weight_decay=0.01,
    head_scale=16.0,
    form="v1.5",
    pooling="lungs",
    frozen_statistics=True,
    lesion_weight=2.0,
)
