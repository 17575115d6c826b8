"""The two kinds of path through a form: to what it asks, and to what one respondent answered.

Both are written as names with "/" between, and are told apart by their types only. They turn into each other
here and in `sections.template_path`, nowhere else; whoever reads a path from outside (a command line, a file,
the store) says there which of the two it is.
"""

from __future__ import annotations

from typing import NewType, overload

TemplatePath = NewType("TemplatePath", str)
"""Names from below the form's root down to a node: "ISC-B/ISC-B05/ISC-B05.1". Holds no entry ids."""

AnswerPath = NewType("AnswerPath", str)
"""Where an answer lives: "ISC-B/ISC-B05/{entry id}/ISC-B05.1". Repeat entries have ids, never positions."""


FORM_ROOT = TemplatePath("")
"""The path of the form's root, in which its sections and loose questions lie."""

WHOLE_RESPONSE = AnswerPath("")
"""The path of a response's root, around all that is answered in it."""


def answer_path(text: str) -> AnswerPath:
    """The path that a person or another program wrote, who may put "/" before and behind it."""
    return AnswerPath(text.strip("/"))


@overload
def path_below(path: TemplatePath, name: str) -> TemplatePath: ...
@overload
def path_below(path: AnswerPath, name: str) -> AnswerPath: ...
def path_below(path: str, name: str) -> str:
    """The path of a child, or of the entry with this id; a `path` of "" is the root's."""
    return f"{path}/{name}" if path else name


@overload
def path_around(path: TemplatePath) -> TemplatePath: ...
@overload
def path_around(path: AnswerPath) -> AnswerPath: ...
def path_around(path: str) -> str:
    """The path of what the node lies in, be it an entry; "" for what lies in the root."""
    return path.rpartition("/")[0]


def last_name(path: TemplatePath | AnswerPath) -> str:
    """A node's own name, such as "ISC-B05.1"; of an entry its id."""
    return path.rpartition("/")[2]


def outside_repeats(path: TemplatePath) -> AnswerPath:
    """The answer to an item around which there is no repeat: its path has no entry ids to miss."""
    return AnswerPath(path)
