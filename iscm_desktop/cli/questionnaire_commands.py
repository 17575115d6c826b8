"""Questionnaires on the command line: export and evaluate, without a store; the rest is with `own_questionnaires`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from iscm_desktop.cli import own_questionnaires
from iscm_desktop.cli.answer_files import read_answers, read_submission_file
from iscm_desktop.cli.command_output import CommandResult, Commands, finding_line
from iscm_desktop.cli.terminal_tables import table
from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.i18n import _
from iscm_desktop.questionnaire import answer_values, catalogue
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.model import Group, Item, Question, Repeat
from iscm_desktop.questionnaire.reading.xform import read_xform
from iscm_desktop.questionnaire.reading.xlsform import beginning_of, files_beside, read_xlsform
from iscm_desktop.session import submission_xml
from iscm_desktop.session.answer_filling import fill_session, path_in
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerPath, QuestionView, Verdict


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds these commands to the parser of `iscm`."""
    questionnaire = commands.add_parser("questionnaire", help="read, check and write XLSForms")
    actions = questionnaire.add_subparsers(required=True, metavar="ACTION")
    own_questionnaires.add(actions, everywhere)
    export = actions.add_parser(
        "export", parents=[everywhere], help="write a questionnaire as .xlsx for Excel, ODK or Kobo"
    )
    export.add_argument("key", choices=catalogue.shipped_keys())
    export.add_argument("-o", "--output", type=Path, required=True)
    export.set_defaults(run=_export, needs_workspace=False)
    evaluate = commands.add_parser(
        "evaluate", parents=[everywhere], help="what is asked, calculated and wrong"
    )
    evaluate.add_argument(
        "form", type=Path, help="an XLSForm (.xlsx, .xls, .csv, .md) or XForm (.xml), or a key such as iscm"
    )
    evaluate.add_argument(
        "--answers",
        type=Path,
        help="a JSON object of answers by path, repeats as lists of objects; a table (.csv: path,value); "
        "or a submission (.xml)",
    )
    evaluate.add_argument("--language", help="language of the labels")
    evaluate.set_defaults(run=_evaluate, needs_workspace=False)


def _export(chosen: argparse.Namespace) -> CommandResult:
    from iscm_desktop.questionnaire.reading.shipped_workbooks import (  # openpyxl is slow to import
        compose,
        write_xlsx,
    )

    write_xlsx(compose(chosen.key), chosen.output)
    return CommandResult({"file": chosen.output}, [_("Written: {file}").format(file=chosen.output)])


def read_form(source: Path) -> Questionnaire:
    """A questionnaire from a file of any supported kind, or one of the shipped ones by its key."""
    if str(source) in catalogue.shipped_keys():
        return catalogue.shipped(str(source))
    if not source.is_file():
        raise IscmError(AnswerProblem.FILE_MISSING, file=source)
    if source.suffix.lower() == ".xml":
        xml = beginning_of(source)
        return read_xform(xml, files_beside(source, xml.decode("utf-8", "replace")))
    return read_xlsform(source)


class _Numbered:
    """Entry ids "1", "2"…: an evaluation is repeatable and has no other evaluation to meet."""

    def __init__(self) -> None:
        self._last = 0

    def __call__(self) -> str:
        self._last += 1
        return str(self._last)


def _evaluate(chosen: argparse.Namespace) -> CommandResult:
    session = _filled(read_form(chosen.form), chosen.answers, chosen.language)
    views = list(_every_view(session, session.questionnaire.items, WHOLE_RESPONSE))
    findings = session.findings()
    lines = table(
        ("PATH", "ASKED", "VERDICT", "VALUE"),
        [(view.path, "yes" if view.is_asked else "no", view.verdict.value, view.text) for view in views],
    )
    told = [finding_line(one) for one in findings if one.verdict is Verdict.TOO_MUCH]
    lines += ["", *told] if told else []
    data = {"questions": [_row(view) for view in views], "findings": findings}
    return CommandResult(data, lines, has_findings=bool(findings))


def _filled(form: Questionnaire, answers: Path | None, language: str | None) -> FormSession:
    """A session with the answers of a file: JSON as if somebody typed them, XML as another program stored them."""
    if answers is None or answers.suffix.lower() != ".xml":
        session = FormSession(form, language=language, new_entry_id=_Numbered())
        if answers is not None:
            fill_session(session, read_answers(answers))
        return session
    stored = submission_xml.read_submission(form, read_submission_file(answers))
    return FormSession(
        form,
        language=language,
        answers=stored.answers,
        entries=stored.entries,
        new_entry_id=_Numbered(),
        is_new=False,
    )


def _every_view(session: FormSession, items: tuple[Item, ...], entry: AnswerPath) -> Iterator[QuestionView]:
    """All questions in form order, hidden ones and calculations included."""
    for item in items:
        match item:
            case Question():
                yield session.view(path_in(item, entry))
            case Group():
                yield from _every_view(session, item.items, entry)
            case Repeat():
                for one in session.repeat(path_in(item, entry)).entries:
                    yield from _every_view(session, item.items, one.path)


def _reported(view: QuestionView) -> object:
    """As it would be exported: None where the question is not asked, the text where it cannot be read."""
    if not view.is_asked or not view.text:
        return None
    value = answer_values.read(view.kind, view.text)
    return view.text if isinstance(value, answer_values.Unreadable) else value


def _row(view: QuestionView) -> dict[str, object]:
    return {
        "path": view.path,
        "label": view.label,
        "asked": view.is_asked,
        "value": _reported(view),
        "verdict": view.verdict,
        "message": view.message,
    }
