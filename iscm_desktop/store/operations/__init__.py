"""Actions that changed what a store holds: recorded, listed, taken back."""
