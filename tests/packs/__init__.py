"""What the shipped threshold packs promise."""
