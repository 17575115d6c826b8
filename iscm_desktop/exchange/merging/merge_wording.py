"""What people are told of files that are merged, in the language in which they read at that moment.

Window and command line say the same: a sentence or two about each file, and a pile of files in one sentence,
"312 files: 298 new, 9 the same, 4 newer, 1 in conflict, 0 refused".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from iscm_desktop.errors import IscmError
from iscm_desktop.exchange.merging.brought_claims import BroughtClaims
from iscm_desktop.exchange.merging.merge_plan import (
    FileOutcome,
    MergeResult,
    PackageKind,
    PackageOverview,
    RefusedFile,
)
from iscm_desktop.exchange.package.public_edition import public_words
from iscm_desktop.exchange.trust.verification import Judgement, Trust, UncheckedInvitation
from iscm_desktop.i18n import _, joined, ngettext
from iscm_desktop.store.objects.revision import (
    CONTENT_KINDS,
    DELEGATION,
    ENTRY,
    NOTHING,
    QUERY,
    RESTRICTION,
    SIGN_OFF,
    ItemKey,
)

_NAMED = 3
"""So many of the things left out are named; the others are counted."""

_DELEGATION_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
_ENTRY_ID = re.compile(r"[0-9a-f]{12}", re.ASCII)
"""As form sessions give them: nothing that a person would know an entry by."""
_COUNTS: tuple[tuple[MergeResult, Callable[[int], str]], ...] = (
    (MergeResult.NEW, lambda count: ngettext("{count} new", "{count} new", count)),
    (MergeResult.SAME, lambda count: ngettext("{count} the same", "{count} the same", count)),
    (MergeResult.NEWER, lambda count: ngettext("{count} newer", "{count} newer", count)),
    (MergeResult.CONFLICT, lambda count: ngettext("{count} in conflict", "{count} in conflict", count)),
    (MergeResult.REFUSED, lambda count: ngettext("{count} refused", "{count} refused", count)),
)


def summarize_results(files: Sequence[FileOutcome | RefusedFile]) -> str:
    """Every result with its count, also where that is nought: it is asked for; then what was not looked into."""
    results = [file.result for file in files]
    counts = [words(results.count(result)).format(count=results.count(result)) for result, words in _COUNTS]
    if passed_over := results.count(MergeResult.PASSED_OVER):
        words = ngettext("{count} not looked into", "{count} not looked into", passed_over)
        counts.append(words.format(count=passed_over))
    if left_out := results.count(MergeResult.LEFT_OUT):
        counts.append(ngettext("{count} left out", "{count} left out", left_out).format(count=left_out))
    looked_at = len(files) - passed_over
    whole = ngettext("{count} file: {counts}", "{count} files: {counts}", looked_at)
    return whole.format(count=looked_at, counts=_(", ").join(counts))


def explain(file: FileOutcome | RefusedFile) -> str:
    """Why a file is refused, or what people should know about it; "" where there is nothing to say."""
    if isinstance(file, RefusedFile):
        return str(IscmError(file.problem, **file.particulars))
    return " ".join(filter(None, _remarks(file)))


def _remarks(file: FileOutcome) -> Iterator[str]:
    if file.came_as:
        yield _came_before(file.path.name, file.came_as)
    else:
        yield _kind_words(file.contents)
        yield _result_words(
            file.result, file.conflicts - sum(kind in CONTENT_KINDS for kind, _path in file.lowers)
        )
        yield from _healed_words(file)
        yield _removed_words(file.removed)
        yield _risen_words(file.risen)
        yield _posing_words(file.posing)
        yield _lower_words(file.lowers)
        yield _lower_removal_words(file)
        yield _claims_words(file.claims)
        yield _outside_words(file.outside)
        yield _odd_words(file.odd)
        yield _form_words(file.foreign_form)
        yield public_words(file.contents.public)
    yield from _origin_words(file.judgement)


def _form_words(form: tuple[str, str] | None) -> str:
    if form is None:
        return ""
    words = _(
        "It brings a questionnaire that is not in use here, “{title}”, version {version}: only these answers use it."
    )
    return words.format(title=form[0], version=form[1] or "–")


def _came_before(name: str, came_as: str) -> str:
    if came_as == name:
        return _("Nothing new: this file was merged before.")
    words = _("Nothing new: the same answers came before as '{file}'; only the name differs.")
    return words.format(file=came_as)


def _kind_words(contents: PackageOverview) -> str:
    """What kind of file it is, where it is not simply somebody's answers."""
    name = contents.sender or _("a colleague")
    match contents.kind:
        case PackageKind.ANSWERS:
            return ""
        case PackageKind.QUERIES:
            words = ngettext(
                "{count} question about answers.", "{count} questions about answers.", contents.queries
            )
            return words.format(count=contents.queries)
        case PackageKind.SECTIONS_RETURNED:
            return _("Sections back from {name}.").format(name=name)
        case PackageKind.SECTIONS_HANDED:
            return _("Sections from {name}, to fill in.").format(name=name)


def _result_words(result: MergeResult, conflicts: int) -> str:
    match result:
        case MergeResult.CONFLICT if conflicts > 0:
            return ngettext(
                "{count} answer was changed on both sides; please choose.",
                "{count} answers were changed on both sides; please choose.",
                conflicts,
            ).format(count=conflicts)
        case MergeResult.SAME:
            return _("Nothing new: these answers are here already.")
        case _:
            return ""


def _healed_words(file: FileOutcome) -> Iterator[str]:
    """What was damaged or gone in the store and is put right from this file, and what a damaged answer said."""
    if not file.healed:
        if file.is_healing:
            yield _("What the store remembers of this file was damaged, and is put right from it.")
        return
    words = ngettext(
        "{count} answer or other state was damaged or missing here, and is put back from this file.",
        "{count} answers or other states were damaged or missing here, and are put back from this file.",
        file.healed,
    )
    yield words.format(count=file.healed)
    for one in file.set_aside[:_NAMED]:
        said = _("At {path} the damaged one said: “{text}”.")
        yield said.format(path=one.path, text=one.text or "")


def _named(paths: tuple[str, ...]) -> str:
    """The first few by their last names, the others by their number."""
    names = ", ".join(map(_outside_name, paths[:_NAMED]))
    if len(paths) > _NAMED:
        names = _("{names} and {count} more").format(names=names, count=len(paths) - _NAMED)
    return names


def _removed_words(paths: tuple[str, ...]) -> str:
    """What goes, by the names of questions and repeats; "" where nothing does."""
    if not paths:
        return ""
    words = ngettext(
        "{count} answer or entry is removed: {names}. Its history keeps it.",
        "{count} answers or entries are removed: {names}. Their history keeps them.",
        len(paths),
    )
    return words.format(count=len(paths), names=_named(paths))


def _posing_words(paths: tuple[str, ...]) -> str:
    """What a file says in the name of this computer; "" where it says nothing so."""
    if not paths:
        return ""
    words = ngettext(
        "{count} change claims to be of this computer, which never made it: {names}. "
        "It is kept and shown as not proven. Ask whoever gave you the file.",
        "{count} changes claim to be of this computer, which never made them: {names}. "
        "They are kept and shown as not proven. Ask whoever gave you the file.",
        len(paths),
    )
    return words.format(count=len(paths), names=_named(paths))


def _odd_words(paths: tuple[str, ...]) -> str:
    """What does not fit the questionnaire; "" where all does."""
    if not paths:
        return ""
    words = ngettext(
        "{count} change does not fit the questionnaire, which has something else there: {names}. "
        "It is kept and has no effect.",
        "{count} changes do not fit the questionnaire, which has something else there: {names}. "
        "They are kept and have no effect.",
        len(paths),
    )
    return words.format(count=len(paths), names=_named(paths))


def _outside_name(path: str) -> str:
    if _DELEGATION_ID.fullmatch(path):
        return _("what was handed over")
    around, _slash, name = path.rpartition("/")
    if _ENTRY_ID.fullmatch(name):
        return _("an entry of {repeat}").format(repeat=around.rpartition("/")[2])
    return name or _("the response itself")


def _lower_words(keys: tuple[ItemKey, ...]) -> str:
    """What stays as it is although the file changes it, for the file is worth less; "" where nothing does."""
    if not keys:
        return ""
    named = [_item_name(key) for key in keys[:_NAMED]]
    names = _(", ").join(named)
    if len(keys) > _NAMED:
        names = _("{names} and {count} more").format(names=names, count=len(keys) - _NAMED)
    return ngettext(
        "It shows less of where it comes from than what it changes: {names}. "
        "It displaces nothing: that stays as it is until somebody settles it.",
        "It shows less of where it comes from than the {count} answers that it changes: {names}. "
        "It displaces nothing: these stay as they are until somebody settles them.",
        len(keys),
    ).format(count=len(keys), names=names)


def _lower_removal_words(file: FileOutcome) -> str:
    """What of these would be gone; "" where nothing would."""
    gone = [key for key in file.lowers if key[0] in CONTENT_KINDS and key[1] in file.lower_removals]
    if not gone:
        return ""
    names = _(", ").join(_item_name(key) for key in gone[:_NAMED])
    if len(gone) > _NAMED:
        names = _("{names} and {count} more").format(names=names, count=len(gone) - _NAMED)
    words = ngettext(
        "It removes or clears {names}.", "Of these it removes or clears {names}.", len(file.lowers)
    )
    return words.format(names=names)


def _risen_words(keys: tuple[ItemKey, ...]) -> str:
    """What was here already, less proven, and takes effect now; "" where nothing does."""
    if not keys:
        return ""
    words = ngettext(
        "{count} answer was here already, is proven now by this file, and takes effect: {names}.",
        "{count} answers were here already, are proven now by this file, and take effect: {names}.",
        len(keys),
    )
    return words.format(count=len(keys), names=_named(tuple(path for _kind, path in keys)))


_CLAIMED: Mapping[str, Callable[[int], str]] = {
    SIGN_OFF: lambda count: ngettext("a sign-off", "{count} sign-offs", count),
    RESTRICTION: lambda count: ngettext("a mark about publication", "{count} marks about publication", count),
    DELEGATION: lambda count: ngettext("a delegation", "{count} delegations", count),
    QUERY: lambda count: ngettext("a question", "{count} questions", count),
}


def _claims_words(claims: tuple[BroughtClaims, ...]) -> str:
    """Promises by whoever may not make them; "" where there are none."""
    if not claims:
        return ""
    named = joined(_CLAIMED[each.kind](each.count).format(count=each.count) for each in claims)
    words = ngettext(
        "It brings {what} that is only claimed, and counts for nothing.",
        "It brings {what} that are only claimed, and count for nothing.",
        sum(each.count for each in claims),
    )
    return words.format(what=named)


def _item_name(key: ItemKey) -> str:
    kind, path = key
    if kind == SIGN_OFF:
        return _("the sign-off")
    if kind == NOTHING:
        return _("nothing to report of {place}").format(place=path.rpartition("/")[2])
    if kind == ENTRY:
        return _("an entry of {repeat}").format(repeat=path.rpartition("/")[0].rpartition("/")[2])
    return path.rpartition("/")[2] or _("the response itself")


def _outside_words(paths: tuple[str, ...]) -> str:
    """What was left out, and what can be done about it; "" where nothing was."""
    if not paths:
        return ""
    return ngettext(
        "{count} change lies outside of what was asked and is left out: {names}. You can choose to take it too.",
        "{count} changes lie outside of what was asked and are left out: {names}. You can choose to take them too.",
        len(paths),
    ).format(count=len(paths), names=_named(paths))


def _origin_words(judgement: Judgement) -> Iterator[str]:
    if judgement.calls_itself:
        words = _("The respondent calls itself “{name}” in this file.")
        yield words.format(name=judgement.calls_itself)
    if judgement.known_for:
        words = _("Its device is known here as “{device}” of {respondent}, and not for this respondent.")
        yield words.format(device=judgement.known_as, respondent=judgement.known_for)
    if judgement.trust is Trust.OPEN:
        yield _("It answers an open invitation, which shows that its sender has it, and not who that is.")
    match judgement.unchecked:
        case UncheckedInvitation.KEY_LOST:
            yield _(
                "Its invitation cannot be checked: your key is not on this computer. Restore it from its backup."
            )
        case UncheckedInvitation.ANOTHER_COORDINATOR:
            yield _("It answers another coordinator's invitation, which cannot be checked here.")
        case None:
            pass
    if judgement.other_round:
        words = _("It belongs to another round, {round}, and goes there.")
        yield words.format(round=judgement.other_round)
