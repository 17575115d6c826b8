"""The documents of this field, as plain blocks."""
