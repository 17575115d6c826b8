"""Copies of the store: made, kept in a second place, looked into, tried out."""
