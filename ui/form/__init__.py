"""One response being filled in: sections, question cards, repeats, notes and history."""
