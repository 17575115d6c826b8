"""Words for what a person can solve. Each problem says where, what, what is unharmed, and what to do next."""

from __future__ import annotations

from enum import Enum


class Problem(Enum):
    """One sentence or two per problem, with named places for the particulars; an enumeration per subject."""
