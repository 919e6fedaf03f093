"""Reports, the model card's page and tables for people."""
