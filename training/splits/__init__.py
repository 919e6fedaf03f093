"""Committed divisions of the data set into training, validation and test slices."""
