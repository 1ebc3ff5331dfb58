"""What is concluded from specs and runs, as the doors ask for it."""
