"""How test files are shared among processes: as pytest-xdist's `loadfile`, but what ends a process is not tried again.

`loadfile` gives a file whose process ended to another one from the test on that ended it, which ends that one, too.
"""

from __future__ import annotations

from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController


class FilesSideBySide(LoadFileScheduling):  # type: ignore[misc]  # it has no types of its own
    """Each file in one process; the rest of a file whose process ended in another one."""

    def remove_node(self, node: WorkerController) -> str | None:
        """Take a process away that has ended; the name of the test that it was in, or None."""
        files = self.assigned_work[node].values()
        begun: tuple[dict[str, bool], str] | None = next(
            ((file, name) for file in files for name, done in file.items() if not done), None
        )
        if begun is not None:
            file, name = begun
            file[name] = True
        super().remove_node(node)
        return begun[1] if begun is not None else None
