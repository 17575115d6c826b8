"""Whether words are written as a dictionary has them, in a process of its own, with what this field knows beside it."""
