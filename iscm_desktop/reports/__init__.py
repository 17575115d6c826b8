"""Documents: content first (plain headings, paragraphs and tables), then the PDF."""
