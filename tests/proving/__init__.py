"""Checks put to the test, and specs with planted weak ones."""
