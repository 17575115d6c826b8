"""The ledger for others: checkpoints, cosignatures and receipts as signed texts."""
