"""The lungs on a slice: their hull, the framing of the network's input, opacity."""
