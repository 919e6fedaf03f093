"""Framing, texture jitter and drawn opacities: the recipe, small. See `training.configs.small`."""

from training.network.config import Config, Phase

CONFIG = Config(
    name="small",
    phases=(
        Phase(
            "14 layers, 112 px",
            size=112,
            blocks=(1, 1, 1, 1),
            epochs=10,
            peak_rate=1e-3,
            batch=32,
            extra=8,
            strength=0.7,
        ),
    ),
)
