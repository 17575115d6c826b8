"""Regular expressions of forms: written for Java and JavaScript, run by Python's `re`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from . import fault
from .fault import ExpressionError


@lru_cache(maxsize=512)
def pattern(expression: str) -> Callable[[str], bool]:
    """Tells whether a text holds a match anywhere (ODK XForms, regex()); classes such as \\d are ASCII."""
    try:
        search = re.compile(expression, re.ASCII).search
    except (re.error, OverflowError, RecursionError) as error:
        raise ExpressionError(fault.BAD_PATTERN, pattern=expression, reason=str(error)) from error
    return lambda text: search(text) is not None
