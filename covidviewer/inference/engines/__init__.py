"""What runs the network: the engines, which of them is used, and the hardware below."""
