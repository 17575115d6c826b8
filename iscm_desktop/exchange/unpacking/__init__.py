"""Packages out of whatever holds them: mails, archives, PDFs, folders."""
