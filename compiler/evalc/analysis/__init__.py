"""From trees to a checked catalog."""
