"""Checks put to the test: bad answers that must fail, and good ones that must not."""
