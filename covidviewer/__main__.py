"""`python -m covidviewer`: the same as the `covidviewer` command."""

from __future__ import annotations

import sys

from covidviewer.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
