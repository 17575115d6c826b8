"""What colleagues exchange within one response: delegations and queries."""
