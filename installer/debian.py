"""System packages on Debian and its kin: installed where that is allowed, else the exact line to type."""

from __future__ import annotations

import os
import shutil
import subprocess

from installer.failure import Failure


def install_packages(packages: list[str], why: str) -> None:
    """Install Debian packages as root.

    Raises `Failure`, with the command to type, when this is not Debian, when we are not root, or when apt-get fails.
    """
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if not shutil.which("apt-get"):
        raise Failure(f"System packages are missing ({why}); install the Debian packages {' '.join(packages)}.")
    if os.geteuid() != 0:
        raise Failure(f"System packages are missing ({why}); install them with: sudo {line}")
    print(f"Installing system packages ({why}): {' '.join(packages)}", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "-qq", "update"], ["apt-get", "-qq", *line.split()[1:]]):
        done = subprocess.run(command, check=False, env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        if done.returncode:
            raise Failure(f"System packages are missing ({why}), and apt-get could not install them; try: {line}")
