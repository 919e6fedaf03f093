"""Reports of a slice or a series, as values and as HTML."""
