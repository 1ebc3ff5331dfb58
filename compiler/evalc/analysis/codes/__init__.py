"""What a mistake in the meaning of specs is called, and the page of each."""
