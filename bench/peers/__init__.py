"""Other runners on the same questions, where they are installed."""
