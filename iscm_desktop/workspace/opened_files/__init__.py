"""Files that somebody opens, by double click, drop or choice: what each is, and where it goes."""
