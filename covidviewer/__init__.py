"""CovidViewer: shows chest CT slices and says how COVID-like they are. Importing it costs nothing."""

__version__ = "0.2.0"
