"""Who has answered in a round, and what."""
