"""The commands of `python -m training`.

One module each, with `add(parser)` for its arguments and `run(arguments)` for its work.
"""
