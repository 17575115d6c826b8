"""Data as other programs take it: tables, workbooks, texts for statistics, submissions."""
