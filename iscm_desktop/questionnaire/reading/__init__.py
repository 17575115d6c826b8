"""Reading a form: XLSForm workbooks and XForms into the frozen questionnaire, with all that is wrong told at once."""
