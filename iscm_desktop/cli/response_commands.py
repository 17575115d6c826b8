"""Responses on the command line: new, answer, show, check, note, sign off, history."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence, Set
from pathlib import Path

from iscm_desktop.cli.answer_files import read_answers
from iscm_desktop.cli.command_output import CommandResult, Commands, finding_line, item_words
from iscm_desktop.cli.terminal_tables import fits, indented, table
from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.i18n import LANGUAGES, _, ngettext
from iscm_desktop.presenters.claimed_marks import claim_words
from iscm_desktop.presenters.clearance_words import sign_off_words
from iscm_desktop.presenters.conflict_sides import shown_value
from iscm_desktop.presenters.form_presenter import FormPresenter
from iscm_desktop.questionnaire import registers
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE, AnswerPath, answer_path, last_name
from iscm_desktop.questionnaire.numbering import with_number
from iscm_desktop.session.answer_filling import fill_session
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import Finding, QuestionView, Verdict
from iscm_desktop.store.rows import ResponseRow
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.item_labels import ItemLabels
from iscm_desktop.workspace.row_types import HistoryRow
from iscm_desktop.workspace.trust_wording import trust_words
from iscm_desktop.workspace.verification_wording import describe


def add(commands: Commands, everywhere: argparse.ArgumentParser) -> None:
    """Adds these commands to the parser of `iscm`."""
    listing = commands.add_parser("responses", parents=[everywhere], help="the responses in the store")
    listing.set_defaults(run=_list, needs_workspace=True)
    new = commands.add_parser("new", parents=[everywhere], help="start a response")
    new.add_argument(
        "--questionnaire", required=True, metavar="ID", help="iscm, state, organization, or your own"
    )
    new.add_argument(
        "--respondent",
        required=True,
        help="mechanism code (igc), ISO alpha-3 (CAN), organization (iom), or a name",
    )
    new.add_argument("--round", help="code of the round (default: the current one)")
    new.add_argument("--language", choices=LANGUAGES, default="en")
    new.set_defaults(run=_new, needs_workspace=True)
    answer = on_response(commands, everywhere, "answer", "give one answer, or all of a file")
    answer.add_argument("path", nargs="?")
    answer.add_argument("value", nargs="?", help="the answer; an empty text clears it")
    answer.add_argument(
        "--from", dest="source", type=Path, metavar="FILE", help="answers as .json or .csv (path,value)"
    )
    answer.set_defaults(run=_answer)
    on_response(commands, everywhere, "show", "all that is asked, with its answers").set_defaults(run=_show)
    on_response(commands, everywhere, "check", "what is missing or wrong").set_defaults(run=_check)
    note = on_response(commands, everywhere, "note", "read or write the note at a question, or list all")
    note.add_argument("path", nargs="?", help="without it: all notes")
    note.add_argument("text", nargs="?", help="the note; an empty text removes it")
    note.set_defaults(run=_note)
    history = on_response(commands, everywhere, "history", "who answered a question, when, from which file")
    history.add_argument("path", nargs="?", default="", help="without it: sign-offs and delegations")
    history.set_defaults(run=_history)
    sign_off = on_response(commands, everywhere, "sign-off", "name the person who answers for the replies")
    sign_off.add_argument("--name", default="")
    sign_off.add_argument("--function", default="")
    sign_off.add_argument(
        "--incomplete",
        default="",
        metavar="REASON",
        help="sign off although things are left to finish; printed",
    )
    sign_off.add_argument(
        "--withdraw", action="store_true", help="nobody stands behind the answers any longer"
    )
    sign_off.add_argument(
        "--confirm", action="store_true", help="let the sign-off count that is only claimed, in your name"
    )
    sign_off.set_defaults(run=_sign_off)
    upgrade = on_response(
        commands, everywhere, "upgrade", "go on with the newest version of the questionnaire"
    )
    upgrade.add_argument("--back", action="store_true", help="go back to the version used before")
    upgrade.set_defaults(run=_upgrade)
    restrict = on_response(commands, everywhere, "restrict", "mark what is not for publication, or list it")
    restrict.add_argument("path", nargs="?", help="of an answer, an entry, a repeat or a section")
    restrict.add_argument("--lift", action="store_true", help="take the mark away")
    restrict.add_argument(
        "--confirm", action="store_true", help="let count what is only claimed of PATH, in your name"
    )
    restrict.set_defaults(run=_restrict)


def on_response(
    commands: Commands, everywhere: argparse.ArgumentParser, name: str, purpose: str
) -> argparse.ArgumentParser:
    """A command that is about one response, named as people name it."""
    command: argparse.ArgumentParser = commands.add_parser(name, parents=[everywhere], help=purpose)
    command.add_argument("response", help="id of the response, its beginning, or the respondent's code")
    command.set_defaults(needs_workspace=True, needs_store=True)
    return command


def find_response(workspace: Workspace, wanted: str) -> str:
    """The id of the one response that `wanted` means.

    Raises:
        IscmError: RESPONSE_UNKNOWN, or RESPONSE_AMBIGUOUS when it could mean several.
    """
    rows = workspace.response_list.all()
    found = [row for row in rows if wanted in {row.id, row.respondent}]
    found = found or [
        row for row in rows if row.id.startswith(wanted) or row.respondent.lower() == wanted.lower()
    ]
    found = found or [row for row in rows if registers.respondent_code(row.form_id, wanted) == row.respondent]
    if not found:
        raise IscmError(AnswerProblem.RESPONSE_UNKNOWN, response=wanted)
    if len(found) > 1:  # whoever names a respondent means the response rather than a public edition of it
        found = [row for row in found if not row.is_public] or found
    if len(found) > 1:
        choices = ", ".join(f"{row.id[:12]} ({row.respondent_name}, {row.round})" for row in found)
        raise IscmError(AnswerProblem.RESPONSE_AMBIGUOUS, response=wanted, choices=choices)
    return found[0].id


def named_path(session: FormSession, words: str) -> AnswerPath:
    """The path of what somebody names by path, name or number; what the form has not is taken for a path as it is."""
    try:
        return session.find(words)
    except KeyError:
        return answer_path(words)


def path_in_response(workspace: Workspace, response: str, words: str) -> AnswerPath:
    """The same, where no session is open."""
    return named_path(workspace.responses.open_session(response), words)


def find_question(session: FormSession, words: str) -> QuestionView:
    """The question that somebody named by path, name or number.

    Raises:
        IscmError: ANSWERS_UNKNOWN.
    """
    try:
        return session.view(session.find(words))
    except KeyError:
        raise _unknown(session, words) from None


def _unknown(session: FormSession, words: str) -> IscmError:
    title = session.questionnaire.title
    return IscmError(AnswerProblem.ANSWERS_UNKNOWN, title=title, keys=f"'{words}'")


def _list(workspace: Workspace, _chosen: argparse.Namespace) -> CommandResult:
    rows = workspace.response_list.all()
    lines = table(
        ("ID", "RESPONDENT", "QUESTIONNAIRE", "ROUND", "ANSWERED", "STATE"),
        [
            (
                row.id[:12],
                row.respondent_name,
                row.form_id,
                row.round,
                _answered(row),
                _("public edition") if row.is_public else row.state.value,
            )
            for row in rows
        ],
    )
    return CommandResult(rows, lines if rows else [_("No responses yet. Start one with: iscm new")])


def _answered(row: ResponseRow) -> str:
    """How far a response is; why not, where that is not known."""
    if row.is_too_much:
        return _("too much to count")
    return f"{row.answered}/{row.asked}" if row.is_counted else _("not counted yet")


def _new(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    response = workspace.responses.start(
        chosen.questionnaire, chosen.respondent, round=chosen.round, language=chosen.language
    )
    return CommandResult({"response": response}, [response])


def _answer(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    response = find_response(workspace, chosen.response)
    session = workspace.responses.open_session(response)
    before = {one.path: one.text for one in session.answers()}
    if chosen.source:
        answers = read_answers(chosen.source)
        fill_session(session, answers)
        given = len(answers)
    elif chosen.path is not None and chosen.value is not None:
        _answer_one(session, chosen.path, chosen.value)
        given = 1
    else:
        raise IscmError(AnswerProblem.ANSWER_MISSING)
    saved_at = workspace.responses.save(response, session)
    findings = session.findings()
    refused = _not_understood(session, findings, before)
    data = {"response": response, "saved_at": saved_at, "findings": findings}
    data["asked_back"] = {one.path: session.view(one.path).readings for one in refused}
    saved = ngettext("{count} answer saved.", "{count} answers saved.", given).format(count=given)
    left = ngettext("{count} thing left to finish.", "{count} things left to finish.", len(findings))
    return CommandResult(data, [saved, *map(finding_line, refused), left.format(count=len(findings))])


def _not_understood(
    session: FormSession, findings: Sequence[Finding], before: Mapping[AnswerPath, str]
) -> list[Finding]:
    """What is wrong with the answers that are others than before."""
    given = {one.path for one in session.answers() if one.text != before.get(one.path)}
    wrong = (Verdict.UNREADABLE, Verdict.OUT_OF_RANGE)
    return [one for one in findings if one.path in given and one.verdict in wrong]


def _answer_one(session: FormSession, path: str, value: str) -> None:
    """`path` as people name a question, or anything that a file of answers may use."""
    try:
        session.answer(named_path(session, path), value)
    except KeyError:
        fill_session(session, {path: value})


def _show(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    response = find_response(workspace, chosen.response)
    session = workspace.responses.open_session(response)
    answers = session.answers()
    lines: list[str] = []
    sections = session.sections()
    nothing = workspace.nothing.of(response)
    for section in sections:
        parts = {item.path for item in session.section(section.path).items}
        inside = [answer for answer in answers if _is_in(answer.path, parts)]
        if inside:
            lines += [
                "",
                f"{with_number(section.number, section.label)} ({section.answered}/{section.asked})",
            ]
            lines += [
                f"  {item_words(one.path, one.number, one.label)}: {', '.join(one.labels) or one.text}"
                for one in inside
            ]
    if nothing:
        lines += ["", _("Nothing to report:")]
        lines += [f"  {item_words(one.path, one.number, one.label)}" for one in nothing]
    withdrawn = workspace.versions.withdrawn_answers(response)
    if withdrawn:
        lines += ["", _("Answers to questions that this version no longer asks:")]
        lines += [f"  {one.path}  {one.label}: {one.text}" for one in withdrawn]
    versions = workspace.versions.of(response)
    if versions.is_newer_here:
        newer = _("This questionnaire has a newer version, {version}. Go on with it by: iscm upgrade")
        lines += ["", newer.format(version=versions.newest)]
    signed, claimed = workspace.sign_offs.of(response), workspace.sign_offs.claimed(response)
    if signed is not None:
        lines += ["", sign_off_words(signed, f"{signed.signed_at:%Y-%m-%d %H:%M}")]
    for one in claimed:
        words = _("Claimed, and counts for nothing: signed off by {name}, {function}.")
        lines += ["", words.format(name=one.name, function=one.function)]
    data = {
        "response": response,
        "sections": sections,
        "answers": [
            {
                "path": one.path,
                "number": one.number,
                "label": one.label,
                "value": one.value,
                "text": one.text,
                "labels": one.labels,
            }
            for one in answers
        ],
        "nothing_to_report": nothing,
        "withdrawn": {one.path: one.text for one in withdrawn},
        "version": versions.current,
        "newest_version": versions.newest,
        "sign_off": signed,
        "clearances": workspace.clearances.rows(response),
        "claimed_sign_offs": claimed,
        "not_for_publication": [row.path for row in workspace.restrictions.rows(response)],
        "claimed_restrictions": workspace.restrictions.claims(response),
    }
    lines = lines[1:] or [_("Nothing has been answered yet.")]
    excesses = [one for one in session.findings() if one.verdict is Verdict.TOO_MUCH]
    lines += [finding_line(one) for one in excesses]
    return CommandResult(data | {"too_much": excesses}, lines, has_findings=bool(excesses))


def _is_in(path: AnswerPath, parts: Set[AnswerPath]) -> bool:
    """Whether a path is one of the parts of a section, or lies in one."""
    while path and path not in parts:
        path = AnswerPath(path.rpartition("/")[0])
    return bool(path)


def _check(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    response = find_response(workspace, chosen.response)
    session = workspace.responses.open_session(response)
    findings = session.findings()
    if not workspace.response_list.row(response).is_counted:
        workspace.responses.count_progress(response)
    lines = [finding_line(one) for one in findings]
    if findings:
        presenter = FormPresenter(session)
        presenter.offers = workspace.offers.of(response)
        lines += ["", presenter.view.sentence]
    damage = _damage(workspace, response)
    return CommandResult(
        {"response": response, "findings": findings, "damage": damage},
        [*damage, *lines] or [_("Complete: nothing is missing and nothing is wrong.")],
        has_findings=bool(findings or damage),
    )


def _damage(workspace: Workspace, response: str) -> list[str]:
    """A sentence for whatever of a response is not as it was in the store."""
    return [describe(one) for one in workspace.verification.of_response(response)]


def _note(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    response = find_response(workspace, chosen.response)
    if chosen.path is None:
        return _notes(workspace, response)
    session = workspace.responses.open_session(response)
    path = named_path(session, chosen.path)
    if not workspace.notes.at(response, path):  # one that is no longer asked may keep its note
        path = find_question(session, chosen.path).path
    if chosen.text is not None:
        workspace.notes.put(response, path, chosen.text)
    note = workspace.notes.at(response, path)
    return CommandResult({"path": path, "note": note}, [note] if note else [])


def _notes(workspace: Workspace, response: str) -> CommandResult:
    """All of a response, in the order of its paths."""
    session = workspace.responses.open_session(response)
    labels = ItemLabels(session.questionnaire, session.language, workspace.responses.filled(response).entries)
    notes = sorted(workspace.notes.all(response).items())
    data = [{"path": path, "note": note} for path, note in notes]
    lines = [f"{item_words(path, labels.number(path), labels.label(path))}: {note}" for path, note in notes]
    return CommandResult(data, lines or [_("There are no notes.")])


def _history(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    response = find_response(workspace, chosen.response)
    damage = _damage(workspace, response)
    if not answer_path(chosen.path):
        rows = workspace.conflicts.history(response, WHOLE_RESPONSE)
        nobody = [_("Nobody has signed off, and no sections were handed over.")]
        return CommandResult(rows, [*damage, *(_states(rows) or nobody)], has_findings=bool(damage))
    session = workspace.responses.open_session(response)
    path = _once_asked(session, named_path(session, chosen.path))
    rows, inside = workspace.conflicts.history(response, path), {}
    if not rows:
        inside = workspace.conflicts.histories_inside(response, path)
    labels = ItemLabels(session.questionnaire, session.language, workspace.responses.filled(response).entries)
    lines = [_name_of(labels, path), *_states(rows)]
    for place, states in inside.items():
        lines += [_name_of(labels, place), *_states(states)]
    if not rows and not inside:
        if workspace.conflicts.is_out_of_view(response, path):
            lines.append(
                _("What was answered here is out of view: the merge that brought it was taken back.")
            )
        elif not _is_known(session, path):
            raise _unknown(session, chosen.path)
        else:
            lines.append(_("Nobody has answered this question yet."))
    data = [{"path": place, "history": states} for place, states in inside.items()] if inside else rows
    return CommandResult(data, [*damage, *lines], has_findings=bool(damage))


def _once_asked(session: FormSession, path: AnswerPath) -> AnswerPath:
    """The path of a question that this version no longer asks, where only its name was said."""
    gone = [place for place, _text in session.withdrawn() if last_name(place) == path]
    return gone[0] if len(gone) == 1 else path


def _is_known(session: FormSession, path: AnswerPath) -> bool:
    try:
        session.find(path)
    except KeyError:
        return False
    return True


def _name_of(labels: ItemLabels, path: AnswerPath) -> str:
    """What a history is of."""
    return item_words(path, labels.number(path), labels.label(path))


def _states(rows: Sequence[HistoryRow]) -> list[str]:
    """A line for each state; a text that does not fit there, and why a conflict was settled so, stand below."""
    lines: list[str] = []
    for row in rows:
        text, who = shown_value(row), (f"{row.made_at:%Y-%m-%d %H:%M}", row.author or "-")
        line = _spaced(*who, text, row.source, trust_words(row))
        lines += [line] if fits(line) else [_spaced(*who, row.source, trust_words(row)), *indented(text)]
        lines += indented(_("Reason: {reason}").format(reason=row.reason)) if row.reason else []
    return lines


def _spaced(*parts: str) -> str:
    return "  ".join(filter(None, parts))


def _sign_off(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    response = find_response(workspace, chosen.response)
    if chosen.confirm:
        signed = workspace.sign_offs.confirm(response)
        words = _("Confirmed: signed off by {name}, {function}.")
        return CommandResult(signed, [words.format(name=signed.name, function=signed.function)])
    if chosen.withdraw:
        workspace.sign_offs.withdraw(response)
        return CommandResult({"response": response, "sign_off": None}, [_("The sign-off is withdrawn.")])
    left = len(workspace.responses.open_session(response).findings())
    workspace.sign_offs.sign(response, chosen.name, chosen.function, left=left, reason=chosen.incomplete)
    made = workspace.sign_offs.of(response)
    if made is None:
        raise RuntimeError("it was signed, and is not")
    words = _("Signed off by {name}, {function}.")
    return CommandResult(made, [words.format(name=made.name, function=made.function)])


def _restrict(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    response = find_response(workspace, chosen.response)
    if chosen.confirm:
        if chosen.path is None:
            raise IscmError(AnswerProblem.RESTRICTION_NOT_CLAIMED, path="")
        workspace.restrictions.confirm(response, path_in_response(workspace, response, chosen.path))
    elif chosen.path is not None:
        path = path_in_response(workspace, response, chosen.path)
        workspace.restrictions.restrict(response, path, is_lifted=chosen.lift)
    rows = workspace.restrictions.rows(response)
    lines = [item_words(row.path, row.number, row.label) for row in rows] or [
        _("Everything is for publication.")
    ]
    derived = workspace.restrictions.derived(response)
    if derived:
        lines += ["", _("Withheld with them, since the form itself writes these from them:")]
        lines += [item_words(row.path, row.number, row.label) for row in derived]
    claims = workspace.restrictions.claims(response)
    lines += [claim_words(claim, item_words(claim.path, claim.number, claim.label)) for claim in claims]
    return CommandResult({"restrictions": rows, "derived": derived, "claims": claims}, lines)


def _upgrade(workspace: Workspace, chosen: argparse.Namespace) -> CommandResult:
    response = find_response(workspace, chosen.response)
    move = workspace.versions.move_back if chosen.back else workspace.versions.move_to_newest
    versions = move(response)
    now = versions.current if chosen.back else versions.newest
    withdrawn = workspace.versions.withdrawn_answers(response)
    lines = [_("Filled in with version {version} from now on.").format(version=now)]
    if withdrawn:
        kept = ngettext(
            "{count} answer to a question that is no longer asked is kept.",
            "{count} answers to questions that are no longer asked are kept.",
            len(withdrawn),
        )
        lines.append(kept.format(count=len(withdrawn)))
    return CommandResult({"response": response, "version": now, "withdrawn": withdrawn}, lines)
