"""What a run costs, counted call by call, and what it may cost."""
