"""The network, its configuration, its weights and its runs on disk."""
