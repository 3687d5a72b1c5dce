"""What keeps the house in shape: rooms, locks, sizes."""
