"""LiteRT files: reading and changing their tables."""
