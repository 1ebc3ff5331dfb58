"""The few verbs that the doors share."""
