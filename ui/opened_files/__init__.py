"""Files that somebody opens: their welcomes, and the way to each of their places."""
