"""Where pull requests live: each module is one forge, found by the environment of its CI jobs."""
