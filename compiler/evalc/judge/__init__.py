"""Rubrics and answers to judge prompts, and replies to verdicts."""
