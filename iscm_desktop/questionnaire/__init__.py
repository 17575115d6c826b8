"""What is asked: the frozen model, reading XLSForms and XForms, expressions, kinds of value, registers."""
