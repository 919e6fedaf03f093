"""What a run or a file scores, beside baselines."""
