"""The list of reminders, opened from the pages about a round: who has not answered, and letters to them."""
