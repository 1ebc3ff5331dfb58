"""One case before and after: what is asked, expected, checked and shown as an example."""
