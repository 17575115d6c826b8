"""The entries of a repeat as a table to type in, as spreadsheets are typed in."""
