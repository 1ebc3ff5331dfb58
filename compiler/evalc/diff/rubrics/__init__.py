"""Rubrics before and after, each change once with all cases that it reaches."""
