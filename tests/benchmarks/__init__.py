"""Measures what the documents promise. Not tests: nothing here passes or fails by a timing. See README.md."""
