"""Tests of the room `safekeeping`."""
