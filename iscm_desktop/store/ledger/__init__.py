"""What became of each response, entry by entry, in a log that only grows."""
