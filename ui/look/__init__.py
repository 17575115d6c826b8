"""How everything looks: colours, text size, and the style sheet made of them."""
