"""What a drag does: one tool a file, each acting on the view through the same four moments."""
