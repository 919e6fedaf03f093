"""The bundled recipe's shallow stage, short enough to be trained five times: for the grouped figure.

    python -m training train --data DATA/sars-cov-2-ct --extra DATA/extra-ct/luna --config grouped \\
        --split training/splits/grouped-5-fold.json --fold all --out runs/grouped
    python -m training evaluate runs/grouped --data DATA/sars-cov-2-ct

26 layers at 112 px, 12 minutes a fold on one core with AVX-512 bfloat16 (AMD EPYC). It stands for the recipe, not for
the bundled network, which is deeper, sees 224 px and was trained longer; every table says so beside the figure.
"""

from training.network.config import Config, Phase

SHALLOW = (2, 2, 2, 2)

CONFIG = Config(
    name="grouped",
    phases=(
        Phase(
            "26 layers, 112 px", size=112, blocks=SHALLOW, epochs=14, peak_rate=1e-3, batch=32, extra=8, strength=0.7
        ),
        Phase("26 layers, milder", size=112, blocks=SHALLOW, epochs=9, peak_rate=6e-4, batch=32, extra=4, strength=0.4),
    ),
)
