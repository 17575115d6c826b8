"""Expressions of forms: XPath 1.0 with the functions of ODK XForms, over a tree of our own.

`compile_expression` once, then evaluate in a `Context`; or `evaluate` for a single call. Knows nothing of
questionnaires, sessions or stores.
"""

from iscm_desktop.questionnaire.expression.compiled_expression import Expression, compile_expression
from iscm_desktop.questionnaire.expression.context import Context, Host, Value
from iscm_desktop.questionnaire.expression.document import DocumentError, parse_document, to_xml
from iscm_desktop.questionnaire.expression.evaluation import evaluate
from iscm_desktop.questionnaire.expression.expression_error import ExpressionError
from iscm_desktop.questionnaire.expression.long_lists import row_list
from iscm_desktop.questionnaire.expression.parser import parse
from iscm_desktop.questionnaire.expression.references import References
from iscm_desktop.questionnaire.expression.tree import Node, NodeKind

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
