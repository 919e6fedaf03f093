"""CovidViewer: a chest CT viewer that rates slices for COVID-19-like opacities. Importing it costs nothing."""

__version__ = "0.2.0"
