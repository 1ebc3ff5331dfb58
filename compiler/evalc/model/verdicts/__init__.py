"""What is concluded from runs and specs: comparisons, gates, proofs."""
