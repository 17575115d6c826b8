"""For the coordinator: files that came in, what they changed, and the conflicts to settle."""
