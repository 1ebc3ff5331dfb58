"""What blocks share, and the model of all but cases."""
