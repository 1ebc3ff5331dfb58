"""What a mistake in the writing of specs is called, and the page of each."""
