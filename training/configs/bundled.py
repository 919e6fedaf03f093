"""The bundled model: framed inputs, drawn opacities, trained with 26 layers first and then grown to 101, up to 224 px.

    python -m training train --data DATA/sars-cov-2-ct --extra DATA/extra-ct/luna --config bundled \\
        --split training/splits/random-80-10-10.json --out runs/bundled

10 minutes on an NVIDIA H100 with 16 cores (Keras on PyTorch, bfloat16; 600 pictures/s with 101 layers at any size,
since Python sets the pace, and most of the time beside another training); two cores with AMX would need seven hours.
Expected: validation AUC 0.970, 0.973, 0.983 and 0.995 after the phases. The bundled model's own run was stopped after
three of the last phase's four epochs, its slices came to that machine as AVIF of quality 95 (mean difference 0.003 of
the calibrated range's unit inside the lungs), each clear slice of the other source was shown either always with drawn
opacities or never within an epoch (mended since), and `training.configs.finish` went on from it.
"""

from training.network.config import Config, Phase

SHALLOW = (2, 2, 2, 2)

CONFIG = Config(
    name="bundled",
    phases=(
        Phase("26 layers, 112 px", size=112, blocks=SHALLOW, epochs=4, passes=20, peak_rate=1e-3, batch=128, extra=16),
        Phase("101 layers, 112 px", size=112, epochs=2, passes=20, peak_rate=6e-4, batch=128, extra=16),
        Phase("101 layers, 160 px", size=160, epochs=2, passes=20, peak_rate=6e-4, batch=128, extra=16, strength=0.7),
        Phase("101 layers, 224 px", size=224, epochs=4, passes=12, peak_rate=4e-4, batch=128, extra=8, strength=0.5),
    ),
)
