"""Histories, conflicts, and how they are settled."""
