"""How fast the program is, beside plain references that are measured in the same run: `./dev bench`."""
