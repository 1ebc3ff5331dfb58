"""The run log: append-only, checked, resumable."""
