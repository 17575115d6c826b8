"""Documents: content first, as plain blocks, then the PDF.

`documents` says what is printed: it makes blocks of answers and summaries. `typesetting` says how: its
`pdf_printer.render` prints any document, and knows nothing of what it is about. There each step knows only the
next: `block_layout` and its neighbours put blocks into rows, `line_setter` and `line_breaking` words into lines,
`text_shaping` and `bidi` characters into glyphs in their order, `pagination` rows onto pages, `drawing` and
`font_embedding` all that into the file.

Making blocks is light. `pdf_printer` brings ReportLab and HarfBuzz: import it where a document is printed, never
at start-up.
"""
