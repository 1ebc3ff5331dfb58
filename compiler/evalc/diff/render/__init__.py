"""A review as text for people, for a pull request, and in the formats of other programs."""
