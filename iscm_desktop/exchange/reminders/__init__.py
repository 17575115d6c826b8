"""Reminders as files: mails to be opened in a person's own program, lists, a mail merge. Nothing is sent."""
