"""What is kept, in memory or in a file, and how much that takes."""
