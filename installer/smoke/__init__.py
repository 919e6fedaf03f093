"""Parts of `installer/smoke_test.py`: files in every transfer syntax, a screen, the installed program on it."""
