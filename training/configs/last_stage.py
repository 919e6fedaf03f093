"""The bundled model's last three epochs: the last stage alone, from the exported file of `training.configs.finish`.

    python -m training train --data DATA/sars-cov-2-ct --extra DATA/extra-ct/luna --config last_stage \\
        --weights resources/models/covid_resnet101.tflite --split training/splits/random-80-10-10.json \\
        --out runs/last_stage

"""

from training.config import Config, Phase

CONFIG = Config(
    name="last stage",
    phases=(
        Phase(
            "last stage, 224 px",
            size=224,
            epochs=3,
            peak_rate=1e-4,
            batch=32,
            extra=4,
            strength=0.35,
            trained_from="conv5",
        ),
    ),
)
