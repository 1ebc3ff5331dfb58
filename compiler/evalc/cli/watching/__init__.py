"""How a run is told while it goes on: to people and to programs."""
