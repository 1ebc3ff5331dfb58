"""Family: the verbs of checks. A member is a word after `must` or `should`."""
