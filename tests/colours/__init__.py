"""Everything that shows specs in colour, held against what the grammar says."""
