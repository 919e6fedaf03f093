"""Installers of the frozen program for each system, one module a kind."""
