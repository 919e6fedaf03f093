"""The bundled recipe's shallow stage, trained five times: for the grouped figure.

    python -m training train --data DATA/sars-cov-2-ct --extra DATA/extra-ct/luna --config grouped \\
        --split training/splits/grouped-5-fold.json --fold all --out runs/grouped
    python -m training evaluate runs/grouped --data DATA/sars-cov-2-ct

It stands for the recipe, not for the bundled network, which is deeper, sees 224 px and was trained longer; every table
says so beside the figure.
"""

from training.config import Config, Phase

SHALLOW = (2, 2, 2, 2)

CONFIG = Config(
    name="grouped",
    phases=(
        Phase(
            "26 layers, 112 px",
            size=112,
            blocks=SHALLOW,
            epochs=3,
            passes=20,
            peak_rate=1e-3,
            batch=128,
            extra=16,
            strength=0.8,
        ),
        Phase(
            "26 layers, 160 px",
            size=160,
            blocks=SHALLOW,
            epochs=2,
            passes=20,
            peak_rate=6e-4,
            batch=128,
            extra=8,
            strength=0.5,
        ),
    ),
)
