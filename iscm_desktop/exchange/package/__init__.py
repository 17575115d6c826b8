"""The package format: written, read, and carried inside a PDF."""
