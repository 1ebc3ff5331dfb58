"""Family: the rules of the linter. A member is a word that completes `# allow ...`."""
