"""Whether a store still is what was put into it: recomputed from its content, without trust in what follows.

Plain SQL and plain records: a damaged store is looked at as it is, row by row, and whatever the database can
still read is judged.
"""
