"""What was answered in an earlier round: offered at the questions, and compared in the end."""
