"""Proof that nothing was dropped: checkpoints of a round's ledger, receipts for its respondents."""
