"""Tests of the set-up program."""
