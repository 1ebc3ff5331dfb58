"""What a new catalog begins with."""
