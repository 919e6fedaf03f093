"""What brings state into views and panels."""
