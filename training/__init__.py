"""Reproduces the model of "Transfer learning based CNN for COVID 19", measures it, and makes the bundled one."""
