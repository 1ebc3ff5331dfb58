"""Cases: their rows, conversations, checks and examples."""
