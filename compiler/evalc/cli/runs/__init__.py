"""How a run is asked for, watched and summed up on a terminal."""
