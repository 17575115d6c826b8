"""Reminders to respondents: who, of what, in which words, in which files."""
