"""Family: the commands. A member is the word after `evalc`."""
