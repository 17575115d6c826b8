"""The survey wave that one works in, who is asked in it, and invitations: issued here, and opened here."""
