"""From texts to values: templates, tables, JSON and CSV, each with its places."""
