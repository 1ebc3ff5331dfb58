"""Answers whose verdict people know, to measure a judge by."""
