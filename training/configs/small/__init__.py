"""Small networks that show what each part of the recipe is worth: `all_parts`, and one file for each part left out.

    python -m training train --data DATA/sars-cov-2-ct --extra DATA/extra-ct/luna --fold 0 \\
        --config training/configs/small/all_parts.py --split training/splits/grouped-5-fold.json \\
        --out runs/small/all_parts
    python -m training evaluate runs/small/all_parts/fold-0 --data DATA/sars-cov-2-ct --quick \\
        --external covid-ct=DATA/covid-ct --external luna=DATA/extra-ct/luna --external ctmd=DATA/extra-ct/ctmd

14 layers at 112 px. Nothing is chosen by them: their figures stand in `docs/experiments.md`.
"""
