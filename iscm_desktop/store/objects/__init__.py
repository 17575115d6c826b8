"""What a store holds: items with their revisions, and what follows from them."""
