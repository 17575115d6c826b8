"""The composition root: one open store with everything that can be done on it."""

from iscm_desktop.store.rows import Person, Progress, ResponseRow, ResponseState, RoundRow
from iscm_desktop.workspace.workspace import Workspace

__all__ = ["Person", "Progress", "ResponseRow", "ResponseState", "RoundRow", "Workspace"]
