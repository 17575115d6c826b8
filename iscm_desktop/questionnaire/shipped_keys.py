"""Which questionnaires ship: known without reading any of them."""

SHIPPED_KEYS = ("iscm", "state", "organization")
"""Their keys, which are their form ids too."""
