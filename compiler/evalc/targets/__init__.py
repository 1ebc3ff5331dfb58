"""Family: whom a run asks, target or judge. A member is a word of `type` in the policy."""
