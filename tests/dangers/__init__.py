"""What untrusted specs and answers could do, and that they do not."""
