"""One response while it is filled in, for all widgets that show a part of it; makes no widgets itself."""
