"""A small window with what an installation says, for those who started it by a double click. Needs Tk, else nothing."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from installer.pip import LINES

if TYPE_CHECKING:
    import tkinter as tk

HEAD = "CovidViewer is being installed"
WHY = "This is done once and takes a few minutes. The window opens afterwards."
LOOK_MS = 100


def shown_in_window(command: list[str]) -> int | None:
    """Run `command` and show its last line; its exit code, or None, with nothing started, where no window can be shown.

    A failure stays in the window until it is closed. Closing the window before the end stops the command.
    """
    try:
        import tkinter as tk
    except ImportError:
        return None
    try:
        window = tk.Tk(className="CovidViewer")
    except tk.TclError:
        return None
    surroundings = {**os.environ, LINES: "1"}
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=surroundings,
        start_new_session=True,  # so that all that it starts can be ended with it
    ) as process:
        Progress(window, process).run()
        end_all(process)
    return process.returncode


def end_all(process: subprocess.Popen[str]) -> None:
    """End a command and what it started, pip above all; nothing where it has ended by itself."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], check=False, capture_output=True)
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)


class Progress:
    """The window of one running command. Lines come from a thread of their own; Tk is touched by this one alone."""

    def __init__(self, window: tk.Tk, process: subprocess.Popen[str]) -> None:
        from tkinter import ttk

        self._window, self._process = window, process
        self._lines: SimpleQueue[str] = SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        window.title("CovidViewer")
        window.resizable(width=False, height=False)
        frame = ttk.Frame(window, padding=24)
        frame.grid()
        self._head = ttk.Label(frame, text=HEAD, font=("TkDefaultFont", 13, "bold"))
        self._why = ttk.Label(frame, text=WHY, wraplength=460)
        self._bar = ttk.Progressbar(frame, mode="indeterminate", length=460)
        self._line = ttk.Label(frame, text="", wraplength=460)
        self._button = ttk.Button(frame, text="Cancel", command=window.destroy)
        for row, part in enumerate((self._head, self._why, self._bar, self._line)):
            part.grid(row=row, column=0, sticky="w", pady=6)
        self._button.grid(row=4, column=0, sticky="e", pady=(12, 0))

    def run(self) -> None:
        """Until the command has ended well, or the window is closed."""
        self._reader.start()
        self._bar.start(20)
        self._window.after(LOOK_MS, self._look)
        self._window.mainloop()

    def _read(self) -> None:
        for line in self._process.stdout or ():
            print(line, end="", flush=True)  # in the terminal behind the window too
            self._lines.put(line.strip())

    def _look(self) -> None:
        ended = self._process.poll() is not None and not self._reader.is_alive()  # then all that it said is here
        try:
            while True:
                line = self._lines.get_nowait()
                self._line["text"] = line or self._line["text"]
        except Empty:
            pass
        if not ended:
            self._window.after(LOOK_MS, self._look)
        elif self._process.returncode == 0:
            self._window.destroy()
        else:
            self._bar.stop()
            self._bar.grid_remove()
            self._head["text"] = "CovidViewer could not be installed"
            self._why.grid_remove()
            self._button["text"] = "Close"
