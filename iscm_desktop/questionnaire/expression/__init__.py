"""Expressions of forms: XPath 1.0 with the functions of ODK XForms, over a tree of our own.

`compile_expression` once, then evaluate in a `Context`; or `evaluate` for a single call. Knows nothing of
questionnaires, sessions or stores.
"""

from .context import Context, Host, Value
from .document import DocumentError, parse_document, to_xml
from .evaluation import evaluate
from .expression import Expression, compile_expression
from .fault import ExpressionError
from .parser import parse
from .references import References
from .rows import row_list
from .tree import Node, NodeKind

__all__ = [
    "Context",
    "DocumentError",
    "Expression",
    "ExpressionError",
    "Host",
    "Node",
    "NodeKind",
    "References",
    "Value",
    "compile_expression",
    "evaluate",
    "parse",
    "parse_document",
    "row_list",
    "to_xml",
]
