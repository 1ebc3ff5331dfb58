"""Exporters: each module turns what runs gave into one format of other programs or of people."""
