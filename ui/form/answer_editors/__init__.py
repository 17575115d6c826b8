"""How each kind of question is answered: one module per family of widgets."""
