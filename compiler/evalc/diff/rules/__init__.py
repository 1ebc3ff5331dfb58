"""Conditions of passing before and after: which ask for less."""
