"""Which slices there are, how they are split and framed."""
