"""The kinds of changes, each with its direction, its sentence and its entry in the reference."""
