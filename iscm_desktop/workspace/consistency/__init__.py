"""Where answers of a round do not go together: with each other, with the registers, with last round."""
