"""The entries of a repeat as rows: as a table shows them, and what a person does with several at once."""
