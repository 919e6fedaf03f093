"""What menus, keys and buttons do, grouped as the menus are; the table of actions names these methods."""
