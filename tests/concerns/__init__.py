"""Tests of the room `concerns`."""
