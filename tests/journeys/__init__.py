"""Whole journeys, in a browser where there is one."""
