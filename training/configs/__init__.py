"""One Python file a run: its docstring has the command, the time it took and the expected figures."""
