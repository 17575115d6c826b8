"""Operations in words, the same in the window and on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from iscm_desktop.i18n import N_, _, is_right_to_left, ngettext
from iscm_desktop.store.operations.operation_kinds import OperationKind, OperationOutcome
from iscm_desktop.store.operations.operation_row import OperationRow
from iscm_desktop.store.operations.reminder_history import reminded_by
from iscm_desktop.workspace.conflicts.settlement_wording import label_of

_KINDS = {
    OperationKind.MERGE: N_("merged"),
    OperationKind.SETTLE_BY_RULE: N_("settled by rule"),
    OperationKind.RESOLVE: N_("conflict settled"),
    OperationKind.TAKE_BACK: N_("taken back"),
    OperationKind.PUT_BACK: N_("put in again"),
    OperationKind.EXPORT: N_("exported"),
    OperationKind.PUBLISH: N_("published"),
    OperationKind.RESTORE: N_("restored"),
    OperationKind.REMIND: N_("reminded"),
}

_REASON = "reason"
_UNTOLD = (_REASON, "response")
"""Told last, or for programs alone."""
_PATHS = frozenset({"file", "folder", "backup"})
"""Particulars that are paths."""
_NAMED = 6
"""So many files of a merge, or of those who were reminded, are named; the others are counted."""


def kind_in_words(kind: OperationKind) -> str:
    """What somebody did: "merged", "exported"…"""
    return _(_KINDS[kind])


def subject_in_words(row: OperationRow) -> str:
    """To what it was done: files, conflicts, another operation, a respondent and a file."""
    match row.kind:
        case OperationKind.MERGE:
            return _merged(row)
        case OperationKind.SETTLE_BY_RULE:
            count = int(row.parameters["conflicts"])
            words = ngettext("{count} conflict ({rule})", "{count} conflicts ({rule})", count)
            return words.format(count=count, rule=label_of(row.parameters["rule"]))
        case OperationKind.TAKE_BACK | OperationKind.PUT_BACK:
            return _("operation {number}").format(number=row.about)
        case OperationKind.REMIND:
            return _reminded(row)
        case _:
            shown = [_shown(key, text) for key, text in row.parameters.items() if text and key not in _UNTOLD]
            said = _(", ").join(shown)
            reason = row.parameters.get(_REASON)
            return f"{said} – {_shown(_REASON, reason)}" if reason else said


def operation_in_words(row: OperationRow) -> str:
    """All of it in one line, but when and by whom."""
    words = _("{kind}: {what}").format(kind=kind_in_words(row.kind), what=subject_in_words(row))
    state = state_in_words(row)
    return _("{what} – {state}").format(what=words, state=state) if state else words


def state_in_words(row: OperationRow) -> str:
    """How it ended, where that was not as usual, and whether it stands; mostly ""."""
    words = []
    if row.outcome is None:
        words.append(_("running"))
    if row.outcome is OperationOutcome.STOPPED:
        words.append(_("stopped"))
    if row.taken_back_by:
        words.append(_("taken back"))
    return ", ".join(words)


def _shown(key: str, text: str) -> str:
    """A particular for people, whichever way its script runs; of a file or folder its name."""
    name = (PurePath(text).name or text) if key in _PATHS else text
    return f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}" if is_right_to_left() else name


def _merged(row: OperationRow) -> str:
    """ "2 files: 3 new answers, 1 newer answer (IGC.iscm, PIDC.pdf)"; what there is none of is not told."""
    merged = row.merged
    counted = (
        (merged.new, ngettext("{count} new answer", "{count} new answers", merged.new)),
        (merged.newer, ngettext("{count} newer answer", "{count} newer answers", merged.newer)),
        (merged.removed, ngettext("{count} removed", "{count} removed", merged.removed)),
        (merged.conflicts, ngettext("{count} in conflict", "{count} in conflict", merged.conflicts)),
        (merged.refused, ngettext("{count} refused", "{count} refused", merged.refused)),
    )
    parts = [words.format(count=count) for count, words in counted if count]
    files = ngettext("{count} file", "{count} files", merged.files).format(count=merged.files)
    told = _("{kind}: {what}").format(kind=files, what=_(", ").join(parts) or _("none new"))
    return _naming(told, [_shown("file", name) for name in merged.names])


def _reminded(row: OperationRow) -> str:
    """ "2 respondents (Canada, Senegal)"."""
    names = [_shown("name", one.name or one.respondent) for one in reminded_by(row.parameters)]
    words = ngettext("{count} respondent", "{count} respondents", len(names)).format(count=len(names))
    return _naming(words, names)


def _naming(told: str, names: Sequence[str]) -> str:
    if not names:
        return told
    listed = _(", ").join(names[:_NAMED])
    if len(names) > _NAMED:
        listed = _("{names} and {count} more").format(names=listed, count=len(names) - _NAMED)
    return _("{what} ({names})").format(what=told, names=listed)
