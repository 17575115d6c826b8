"""Data of many responses: which, in which shape, and out of the store."""
