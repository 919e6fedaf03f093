"""A folder scored into one table, resumable."""
