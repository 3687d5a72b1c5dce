"""The reference MASH intake: its own API, database and pages. Imports nothing of the school's side."""
