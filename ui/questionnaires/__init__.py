"""The list of responses, and how a new one begins."""
