"""Rasa's own door: from its tracker to the concern and back. Translation only."""
