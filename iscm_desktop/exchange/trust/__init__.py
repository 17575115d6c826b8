"""Whose file it is: invitations, signatures, encryption, and what they prove."""
