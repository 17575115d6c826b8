"""What is not for publication: the ticks beside a question, and the mark on its card."""
