"""DICOM objects for other programs and from them."""
