"""The person, the look, the store; and the welcome at the first start."""
