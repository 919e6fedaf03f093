"""The bundled model: framed inputs, drawn opacities, trained with 26 layers up to 224 px and then grown to 101.

    python -m training train --data DATA/sars-cov-2-ct --extra DATA/extra-ct/luna --config bundled \\
        --split training/splits/random-80-10-10.json --out runs/bundled
"""

from training.config import Config, Phase

SHALLOW = (2, 2, 2, 2)

CONFIG = Config(
    name="bundled",
    phases=(
        Phase("26 layers, 112 px", size=112, blocks=SHALLOW, epochs=24, peak_rate=1e-3),
        Phase("26 layers, 160 px", size=160, blocks=SHALLOW, epochs=6, peak_rate=5e-4, extra=12),
        Phase("26 layers, 224 px", size=224, blocks=SHALLOW, epochs=4, peak_rate=4e-4, batch=32, extra=4, strength=0.4),
        Phase("101 layers, 224 px", size=224, epochs=2, peak_rate=2e-4, batch=32, extra=4, strength=0.4),
        Phase("101 layers, 224 px, closer", size=224, epochs=2, peak_rate=2.5e-4, batch=48, extra=0, strength=0.25),
    ),
)
