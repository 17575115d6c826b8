"""Files that travel: packages written, read, verified and merged."""
