"""Where answers come from when nobody is asked: an earlier run, or the cache."""
