"""What a broken store's file gives up: read with SQLite where it can, and from its bytes where it cannot."""
