"""What commands on stored runs share: which run, what is decided, and how it is said."""
