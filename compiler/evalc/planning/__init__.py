"""From a catalog and a policy to the work to do."""
