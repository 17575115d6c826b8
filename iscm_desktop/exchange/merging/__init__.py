"""What files would bring to a store, and bringing it."""
