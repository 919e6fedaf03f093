"""The bundled model trained further: from an exported file, at 160 px and then at its own 224 px, with milder jitter.

    python -m training train --data DATA/sars-cov-2-ct --extra DATA/extra-ct/luna --config further \\
        --weights resources/models/covid_resnet101.tflite --split training/splits/random-80-10-10.json \\
        --out runs/further

"""

from training.config import Config, Phase

CONFIG = Config(
    name="further",
    phases=(
        Phase("101 layers, 160 px", size=160, epochs=10, peak_rate=6e-4, batch=32, extra=4, strength=0.4),
        Phase("101 layers, 224 px", size=224, epochs=8, peak_rate=3e-4, batch=32, extra=4, strength=0.3),
    ),
)
