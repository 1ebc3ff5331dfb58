"""Specs as they were: revisions of a git repository, read without checking anything out."""
