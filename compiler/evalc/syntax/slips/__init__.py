"""Mistakes in the writing: what each is called in its place, and what mends it."""
