"""The typesetting engine: blocks into lines, pages and PDF, whatever a document is about."""
