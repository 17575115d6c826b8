"""Files of answers: JSON objects, and tables with the columns path and value. Read within bounds, refused in words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.i18n import N_, _
from iscm_desktop.questionnaire.expression.budget import MOST_CELLS
from iscm_desktop.questionnaire.expression.document import LONGEST
from iscm_desktop.text_limits import is_storable

LARGEST = 20_000_000
"""Bytes of a file of answers; one with all of the largest form known to us has one million."""

MOST_ANSWERS = MOST_CELLS
"""Values of a file: no response has more places for answers."""

DEEPEST = 40
"""Objects and lists inside each other; repeats inside groups inside repeats have some ten."""

_LARGE = N_("it is larger than {limit} MB")
_MANY = N_("it holds more than {limit} answers")
_DEEP = N_("it is nested more than {limit} levels deep")
_NO_TEXT = N_("it holds NUL, or half of a character")
_NO_OBJECT = N_("it holds no object")
_NO_HEADINGS = N_("the first row must name path and value")


def read_answers(file: Path) -> dict[str, object]:
    """The answers in a file, as `fill_session` takes them: of a .csv a table, of any other a JSON object.

    Raises:
        IscmError: FILE_MISSING; ANSWERS_NOT_TABLE or ANSWERS_NOT_JSON with the reason, and the place if there is one.
    """
    return _of_table(file) if file.suffix.lower() == ".csv" else _of_json(file)


def read_submission_file(file: Path) -> bytes:
    """A submission as another program stored it; of one that is too large so much that its reader refuses it.

    Raises:
        IscmError: FILE_MISSING.
    """
    return _beginning_of(file, LONGEST + 1)


def _of_table(file: Path) -> dict[str, object]:
    """A path that repeats keeps its last value."""
    problem = AnswerProblem.ANSWERS_NOT_TABLE
    found: dict[str, object] = {}
    try:
        text = _bytes_of(file, problem).decode("utf-8-sig")
        rows = csv.DictReader(io.StringIO(text, newline=""))
        for number, row in enumerate(rows):
            if not {"path", "value"} <= row.keys():
                raise _refused(problem, file, _(_NO_HEADINGS))
            if number >= MOST_ANSWERS:
                raise _refused(problem, file, _(_MANY).format(limit=MOST_ANSWERS))
            found[row["path"] or ""] = row["value"] or ""
    except (UnicodeDecodeError, csv.Error) as error:
        raise _refused(problem, file, error) from None
    if not all(is_storable(f"{path}{value}") for path, value in found.items()):
        raise _refused(problem, file, _(_NO_TEXT))
    return found


def _of_json(file: Path) -> dict[str, object]:
    problem = AnswerProblem.ANSWERS_NOT_JSON
    data = _bytes_of(file, problem)
    try:
        answers = json.loads(data.decode("utf-8"))
    except RecursionError:
        raise _refused(problem, file, _(_DEEP).format(limit=DEEPEST)) from None
    except ValueError as error:
        raise _refused(problem, file, error) from None
    for number, (value, depth) in enumerate(_values(answers)):
        if depth > DEEPEST:
            raise _refused(problem, file, _(_DEEP).format(limit=DEEPEST))
        if number > MOST_ANSWERS:
            raise _refused(problem, file, _(_MANY).format(limit=MOST_ANSWERS))
        if isinstance(value, str) and not is_storable(value):
            raise _refused(problem, file, _(_NO_TEXT))
        if isinstance(value, dict) and not all(map(is_storable, value)):
            raise _refused(problem, file, _(_NO_TEXT))
    if not isinstance(answers, dict):
        raise _refused(problem, file, _(_NO_OBJECT))
    return answers


def _values(top: object) -> Iterator[tuple[object, int]]:
    """All values with their depths, lists and objects included: without recursion, whose depth is the file's."""
    waiting = [(top, 0)]
    while waiting:
        value, depth = waiting.pop()
        yield value, depth
        if isinstance(value, dict):
            waiting += ((part, depth + 1) for part in value.values())
        elif isinstance(value, list):
            waiting += ((part, depth + 1) for part in value)


def _bytes_of(file: Path, problem: AnswerProblem) -> bytes:
    data = _beginning_of(file, LARGEST + 1)
    if len(data) > LARGEST:
        raise _refused(problem, file, _(_LARGE).format(limit=LARGEST // 1_000_000))
    return data


def _beginning_of(file: Path, most: int) -> bytes:
    if not file.is_file():  # nor a folder, nor what would be waited for without end
        raise IscmError(AnswerProblem.FILE_MISSING, file=file)
    try:
        with file.open("rb") as stream:
            return stream.read(most)
    except FileNotFoundError:
        raise IscmError(AnswerProblem.FILE_MISSING, file=file) from None
    except OSError as error:
        raise _refused(AnswerProblem.ANSWERS_NOT_JSON, file, error.strerror or error) from error


def _refused(problem: AnswerProblem, file: Path, fault: object) -> IscmError:
    return IscmError(problem, file=file, fault=fault)
