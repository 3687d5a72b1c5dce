"""Whole conversations as scripts that can be read aloud, each played through the JSON API."""
