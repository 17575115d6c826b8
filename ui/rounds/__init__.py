"""The survey wave that one works in: shown on every page that depends on it, chosen and started there."""
