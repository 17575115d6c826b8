"""For the coordinator: the text about each mechanism, its sources, and how it will look in print."""
