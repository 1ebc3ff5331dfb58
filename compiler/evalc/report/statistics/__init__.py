"""The arithmetic of rates and comparisons, with the standard library alone."""
