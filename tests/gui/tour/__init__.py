"""A walk through the real window: every menu entry, tool, key and gesture of the tables, by mouse and keyboard.

`python -m tests.gui.tour OUT` pictures every stop in six looks, and writes the pictures of the user guide.
"""
