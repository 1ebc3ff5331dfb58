"""Answers before judges: in a trial, as canaries, and outside of a run."""
