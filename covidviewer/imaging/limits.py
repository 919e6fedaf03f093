"""What one file may take: the one table of bounds that the readers hold. `docs/conformance.md` shows the same figures.

The time is the processor's, so that a busy computer refuses nothing; where the system has no such limit (Windows), and
for a disk that does not answer, the clock's time counts.
"""

from __future__ import annotations

import os
from typing import Final

MAX_PIXELS: Final = 64_000_000
"""Pixels of a frame or page."""
MAX_SIDE: Final = 65_535
"""Rows or columns: what DICOM's Rows (0028,0010) can say."""
MAX_FRAMES: Final = 20_000
"""Frames of a DICOM file, pages of a TIFF."""
MAX_INFLATED_BYTES: Final = 256 * 2**20
"""A deflated DICOM file, once inflated."""
MAX_SCANS: Final = 256
"""Scans of a progressive JPEG: each passes over the whole picture again. Encoders write about ten."""

HEADER_SECONDS: Final = 5
"""Processor time to read a file's headers."""
PICTURE_SECONDS: Final = 10
"""Processor time to decode a frame or page."""
WAITING_SECONDS: Final = 60.0 if os.name == "nt" else 300.0
"""By the clock, for a disk or a network folder that does not answer; a busy computer must not reach it."""
DECODER_BYTES: Final = 640_000_000
"""Memory that a decoder process may take beyond what it has when it is idle. Held on Linux."""
FILE_BYTES: Final = 1_000_000_000
"""Memory that all processes together may take for one file; the slice itself is copied to the program."""

MAX_HEADER_BYTES: Final = 64_000_000
"""What a received object may have before its pixels."""
SMALL_FILE_BYTES: Final = 2_000_000
"""A smaller file has room for no header that takes long; reading it is not metered."""
TRUSTED_HEADER_BYTES: Final = 8_000_000
TRUSTED_READS: Final = 50_000
"""Three for an element: a header of more bytes or elements is parsed in a decoder process."""
TRUSTED_FRAME_BYTES: Final = 32_000_000
"""A larger frame is decoded in a decoder process even where it is not compressed."""
TRUSTED_CODE_BYTES: Final = 8_000_000
"""A compressed frame of more bytes, once decompressed, is decoded in a decoder process whatever its decoder."""
TRUSTED_FRAMES: Final = 2_000
"""The headers of a file with more frames are made in a decoder process."""

SETTINGS_BYTES: Final = 1_000_000
SESSION_BYTES: Final = 8_000_000
MEASUREMENTS_BYTES: Final = 1_000_000
