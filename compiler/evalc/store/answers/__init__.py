"""Answers kept beside a log or between runs, and given again."""
