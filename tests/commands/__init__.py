"""The command line, over real databases."""
