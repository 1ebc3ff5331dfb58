"""The checks against answers."""
