"""The bundled model's last stretch: all layers at 224 px with mild jitter, what a processor can do.

    python -m training train --data DATA/sars-cov-2-ct --extra DATA/extra-ct/luna --config finish \\
        --weights runs/bundled/last.npz --split training/splits/random-80-10-10.json --out runs/finish
"""

from training.config import Config, Phase

CONFIG = Config(
    name="finish",
    phases=(Phase("101 layers, 224 px", size=224, epochs=6, peak_rate=1e-4, batch=32, extra=4, strength=0.35),),
)
