"""The program with its own Python, in one folder: what goes into it, how it starts, what fills it."""
