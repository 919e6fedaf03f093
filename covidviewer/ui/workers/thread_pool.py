"""A bounded pool of Python threads that can be stopped in a bounded time.

Not QThreadPool: a QRunnable made from a Python function is destroyed on its own thread without the interpreter's lock,
which crashes now and then (seen with PySide6 6.11.3).
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor


class StoppableThreadPool:
    """Starts threads when there is work, up to `threads`; after `stop` it takes no more."""

    def __init__(self, name: str, threads: int) -> None:
        self.threads = threads
        self._name = name
        self._pool: ThreadPoolExecutor | None = None
        self._tasks: set[Future[None]] = set()
        self._lock = Lock()
        self._stopped = False

    def begin(self, work: Callable[[], None]) -> None:
        """Run `work` on one of the threads, after what was begun before. It must not raise."""
        with self._lock:
            if self._stopped:
                return
            if self._pool is None:
                from concurrent.futures import ThreadPoolExecutor

                self._pool = ThreadPoolExecutor(self.threads, thread_name_prefix=self._name)
            task = self._pool.submit(work)
            self._tasks.add(task)
        task.add_done_callback(self._forget)

    def stop(self, milliseconds: int) -> bool:
        """Drop what has not begun, and wait for the rest; False when it did not come back in time."""
        with self._lock:
            self._stopped = True
            pool, tasks = self._pool, set(self._tasks)
        if pool is None:
            return True
        from concurrent.futures import wait

        pool.shutdown(wait=False, cancel_futures=True)
        begun = {task for task in tasks if not task.cancelled()}  # `wait` takes one that was dropped for unfinished
        if wait(begun, timeout=milliseconds / 1000).not_done:
            return False
        pool.shutdown()
        return True

    def finish(self, milliseconds: int) -> bool:
        """Take no more, do what was begun; False when it was not done in time."""
        with self._lock:
            self._stopped = True
            pool, tasks = self._pool, set(self._tasks)
        if pool is None:
            return True
        from concurrent.futures import wait

        done = not wait(tasks, timeout=milliseconds / 1000).not_done
        pool.shutdown(wait=done, cancel_futures=True)
        return done

    def _forget(self, task: Future[None]) -> None:
        with self._lock:
            self._tasks.discard(task)
