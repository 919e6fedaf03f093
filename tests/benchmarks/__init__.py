"""Speed and memory against others in one run; no part of the test suite. `python -m tests.benchmarks --help`."""
