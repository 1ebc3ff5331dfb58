"""From `evalc.toml` to a policy."""
