"""On the form and the review page: what changed between two moments of a response."""
