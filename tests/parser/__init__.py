"""Rasa's component, as far as it can be tried without Rasa."""
