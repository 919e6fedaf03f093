"""The paper's recipe from CT-pretrained weights in place of ImageNet's: the same phases, in the form of those weights.

    python -m training train --data DATA/sars-cov-2-ct --config paper_ct --weights ct \\
        --split training/splits/random-80-10-10.json --out runs/paper_ct

For where ImageNet's weights cannot be fetched. The form is v1.5 (a stage halves the resolution in its 3x3 convolution);
everything else is `training.configs.paper`. The whole pictures' grey levels are read as a lung window of -1350 to +150
HU (`training.network.ct_weights`), since what window they were saved in is not known.
"""

from dataclasses import replace

from training.configs.paper import CONFIG as PAPER

CONFIG = replace(PAPER, name="paper_ct", form="v1.5")
