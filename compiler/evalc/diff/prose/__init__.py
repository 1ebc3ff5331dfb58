"""Texts before and after: which words changed, and whether the meaning did."""
