"""DICOM files: headers, pixels, tags, and the one door to pydicom."""
