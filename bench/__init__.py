"""Measures of speed and memory; no test, so nothing here fails for being slow."""
