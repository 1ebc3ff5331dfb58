"""The foundations: sources, findings, families, digests. Imports the standard library alone."""
