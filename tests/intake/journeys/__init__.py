"""Paragraphs 1.2 to 1.5 of Wolverhampton's practice, walked in a browser."""
