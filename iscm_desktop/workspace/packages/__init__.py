"""Files that leave and files that come back."""
