"""Real repositories whose histories are told step by step."""
