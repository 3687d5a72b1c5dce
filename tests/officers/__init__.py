"""Tests of the room `officers`."""
