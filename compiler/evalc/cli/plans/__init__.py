"""How work is chosen, planned and shown before it is done."""
