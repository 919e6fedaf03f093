"""A lock on an open file, so that two runs never write the same output. Released by the system when a process ends."""

from __future__ import annotations

import sys
from typing import IO, Any, Final

FAR: Final = 1 << 40
"""Windows locks bytes, and keeps others from reading them: one that no file of ours reaches."""


def lock(file: IO[Any]) -> bool:
    """Take the lock; False when another process has it. File systems without locks let everyone through."""
    if sys.platform == "win32":
        import msvcrt

        place = file.tell()
        file.seek(FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            file.seek(place)
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
