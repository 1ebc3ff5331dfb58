"""Evals of other tools as specs."""
