"""Documents: content first, as plain blocks, then the PDF.

`summary_document` and `questionnaire_document` make blocks (`content`); `pdf.render` prints any document. On
the way from one to the other, each step knows only the next: `layout` and `tables` put blocks into rows,
`setting` and `lines` words into lines, `text` and `bidi` characters into glyphs in their order, `pages` rows
onto pages, `drawing` and `embedding` all that into the file.

Making blocks is light. `pdf` brings ReportLab and HarfBuzz: import it where a document is printed, never at
start-up.
"""
