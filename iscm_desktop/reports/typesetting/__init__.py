"""The typesetting engine: blocks into lines, pages and PDF. It knows no word of the field."""
