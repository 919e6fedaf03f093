"""The bundled model's last stage trained further at 224 px, the layers before it frozen: what a slow machine can do.

    python -m training train --data DATA/sars-cov-2-ct --extra DATA/extra-ct/luna --config finish \\
        --weights resources/models/covid_resnet101.tflite --split training/splits/random-80-10-10.json \\
        --out runs/finish
"""

from training.config import Config, Phase

CONFIG = Config(
    name="finish",
    phases=(
        Phase(
            "last stage, 224 px",
            size=224,
            epochs=9,
            peak_rate=3e-4,
            batch=32,
            extra=4,
            trained_from="conv5",
            strength=0.3,
        ),
    ),
)
