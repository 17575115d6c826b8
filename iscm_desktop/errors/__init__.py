"""What a person can solve: an `IscmError` with its `Problem` out of the catalogue."""

from iscm_desktop.errors.iscm_error import IscmError
from iscm_desktop.errors.problem import Problem

__all__ = ["IscmError", "Problem"]
