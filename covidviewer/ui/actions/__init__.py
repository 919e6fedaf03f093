"""Every action of the window: the table, its board, menus, shortcuts."""
