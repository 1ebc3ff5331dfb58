"""Evals as plain text: specs in, runners, judge prompts and a catalog out."""

__version__ = "0.1.0"
