"""What a change of specs means: two catalogs in, changes with a direction out."""
