"""Batches of inputs, augmented, prepared in processes."""
