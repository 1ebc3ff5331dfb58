"""From results to a report: tallies, intervals, gates."""
