"""The language: from a text to a tree, and back."""
