"""Metrics, intervals, calibration: arrays in, figures out."""
