"""Files kept for the user: settings, last session, measurements, log."""
