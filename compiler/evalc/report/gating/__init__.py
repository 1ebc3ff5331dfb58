"""The decision about a run: its evals, its judge, and what it lost against a baseline."""
