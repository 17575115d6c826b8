"""What is printed: completed questionnaires, changes since a round, summaries of findings; as plain blocks."""
