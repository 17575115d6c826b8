"""Working together on one response: sections in colleagues' hands, questions asked and replied to."""
