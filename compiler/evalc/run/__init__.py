"""From a plan to results: asking, judging, events."""
