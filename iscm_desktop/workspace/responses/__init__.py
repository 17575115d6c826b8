"""One response: started, filled in, moved to another version, compared with the last round."""
