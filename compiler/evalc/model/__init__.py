"""The nouns: what specs mean, what runs give, what reports say."""
