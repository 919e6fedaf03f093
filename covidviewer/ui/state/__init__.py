"""What the window knows: open series, results, preferences."""
