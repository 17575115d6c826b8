"""The functions of expressions: those of XPath 1.0, and with them those that ODK XForms adds or widens."""

from iscm_desktop.questionnaire.expression.functions import (
    dates,
    geography,
    instances,
    logic,
    mathematics,
    repeats,
    selections,
    texts,
)
from iscm_desktop.questionnaire.expression.functions.core import CORE

XFORMS = (
    CORE
    | texts.LIBRARY
    | logic.LIBRARY
    | mathematics.LIBRARY
    | dates.LIBRARY
    | selections.LIBRARY
    | repeats.LIBRARY
    | instances.LIBRARY
    | geography.LIBRARY
)
"""The functions of the form language by name."""

__all__ = ["CORE", "XFORMS"]
