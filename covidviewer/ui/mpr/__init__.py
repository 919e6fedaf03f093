"""Axial, coronal and sagittal planes through one series, side by side and linked."""
