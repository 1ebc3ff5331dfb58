"""Exporters, and the shapes that they keep to."""
