"""The bundled model trained further: from an exported file, at 160 px and then at its own 224 px, with milder jitter.

    python -m training train --data DATA/sars-cov-2-ct --extra DATA/extra-ct/luna --config further \\
        --weights resources/models/covid_resnet101.tflite --split training/splits/random-80-10-10.json \\
        --out runs/further

101 minutes on one core with AVX-512 bfloat16 (AMD EPYC), shared with other work. Expected from 1.dc513f67: validation
AUC 0.985; float32 gets 235 of 249 random test slices right, the exported file 234, AUC 0.989. (The same recipe with 7
epochs in both phases and batches of 48 made 1.dc513f67 from 1.1b69882d: 233, AUC 0.986.)
"""

from training.config import Config, Phase

CONFIG = Config(
    name="further",
    phases=(
        Phase("101 layers, 160 px", size=160, epochs=10, peak_rate=6e-4, batch=32, extra=4, strength=0.4),
        Phase("101 layers, 224 px", size=224, epochs=8, peak_rate=3e-4, batch=32, extra=4, strength=0.3),
    ),
)
