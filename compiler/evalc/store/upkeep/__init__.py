"""Logs verified, repaired and merged."""
