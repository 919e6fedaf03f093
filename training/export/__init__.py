"""From trained weights to the bundle."""
