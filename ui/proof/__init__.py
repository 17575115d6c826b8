"""The page Proof: whether the store is whole, what answers rest on, the log of the round and its receipts."""
