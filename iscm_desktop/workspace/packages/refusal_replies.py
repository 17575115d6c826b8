"""A reply to each sender of files that could not be read: in their language, as a mail to be looked at and sent.

Nothing is sent by the program. Whose file it is, is told by the mail in which it came, else by what the file says of
itself; both were written by others, so a reply names the files and says nothing of what is in them.
"""

from __future__ import annotations

import email.policy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage

from iscm_desktop.exchange.merging.kept_refusals import problem_named
from iscm_desktop.file_names import file_stem, new_stem
from iscm_desktop.i18n import LANGUAGES
from iscm_desktop.store.invitation_rows import RespondentRow
from iscm_desktop.store.operations.refused_files import RefusedRow
from iscm_desktop.summaries.document_language import DocumentLanguage
from iscm_desktop.workspace.packages.reply_sentences import reply_sentence

_INDENT = "    "


@dataclass(frozen=True, slots=True)
class Writer:
    """Who replies, and about what; "" where nobody said."""

    name: str
    organization: str
    round: str  # title
    language: str  # of whoever has no other that is known


@dataclass(frozen=True, slots=True)
class Reply:
    """To one sender, about all of their files that could not be read."""

    name: str  # of the sender; "" where it is not known
    address: str  # likewise
    respondent: str  # name of whose answers they say to be; "" where they do not say
    language: str
    subject: str
    text: str
    answers: tuple[str, ...]  # ids of the mails that it answers
    files: tuple[str, ...]  # names of the files

    @property
    def stem(self) -> str:
        """What its own file is called, without the ending."""
        return file_stem("reply", self.address or self.respondent or self.files[0])

    def as_mail(self) -> bytes:
        """A draft for a mail program: it opens there to be sent."""
        is_plain = self.address.isascii()
        message = EmailMessage(policy=email.policy.SMTP if is_plain else email.policy.SMTPUTF8)
        message["To"] = Address(self.name, addr_spec=self.address)
        message["Subject"] = self.subject
        if self.answers:
            message["In-Reply-To"] = self.answers[-1]
            message["References"] = " ".join(self.answers)
        message["X-Unsent"] = "1"
        message.set_content(self.text, cte="quoted-printable" if is_plain else None)
        message["Content-Language"] = self.language
        return message.as_bytes()


def replies_about(
    rows: Iterable[RefusedRow], planned: Sequence[RespondentRow], writer: Writer
) -> tuple[Reply, ...]:
    """One for each sender, in the order in which their files were looked at.

    Args:
        rows: Files of which nothing was merged; those that a sender can do nothing about bring no reply.
        planned: Who is asked in rounds, for their languages; of the round that is followed first.
    """
    known = _Known(planned)
    by_sender: dict[tuple[str, ...], list[RefusedRow]] = {}
    for row in rows:
        if reply_sentence(problem_named(row.problem)):
            by_sender.setdefault(_sender_key(row), []).append(row)
    return tuple(_reply(each, known, writer) for each in by_sender.values())


def reply_names(replies: Iterable[Reply], taken: set[str]) -> list[str]:
    """The names of their files: mails where there is an address, texts where there is none."""
    return [f"{new_stem(reply.stem, taken)}{'.eml' if reply.address else '.txt'}" for reply in replies]


class _Known:
    """The languages of those who are asked, by who they are and by their addresses."""

    def __init__(self, planned: Sequence[RespondentRow]) -> None:
        self._by_code: dict[tuple[str, str], RespondentRow] = {}
        self._by_address: dict[str, RespondentRow] = {}
        for row in planned:
            self._by_code.setdefault((row.form_id, row.respondent), row)
            for word in row.contact.replace(",", " ").replace(";", " ").split():
                if "@" in word:
                    self._by_address.setdefault(word.strip("<>").lower(), row)

    def respondent(self, row: RefusedRow) -> RespondentRow | None:
        return self._by_address.get(row.address.lower()) or self._by_code.get((row.form_id, row.respondent))


def _sender_key(row: RefusedRow) -> tuple[str, ...]:
    if row.address:
        return ("address", row.address.lower())
    if row.sender:
        return ("name", row.sender)
    if row.respondent:
        return ("respondent", row.form_id, row.respondent)
    return ("file", row.origin)


def _reply(rows: Sequence[RefusedRow], known: _Known, writer: Writer) -> Reply:
    first = rows[0]
    asked = next(filter(None, map(known.respondent, rows)), None)
    wanted = (asked.language if asked else "", first.language, first.mail_language, writer.language)
    language = next((code for code in (one.partition("-")[0] for one in wanted) if code in LANGUAGES), "en")
    words = DocumentLanguage(language)
    subject = next((row.mail_subject for row in rows if row.mail_subject), "")
    respondent = next(
        (row.respondent_name for row in rows if row.respondent_name), asked.name if asked else ""
    )
    return Reply(
        name=first.sender,
        address=first.address,
        respondent=respondent,
        language=language,
        subject=_subject(subject, len(rows), words),
        text=_text(rows, first.sender, writer, words),
        answers=tuple(dict.fromkeys(row.mail_id for row in rows if row.mail_id)),
        files=tuple(row.file_name for row in rows),
    )


def _subject(subject: str, count: int, words: DocumentLanguage) -> str:
    if not subject:
        return words.ngettext("Your file could not be read", "{count} of your files could not be read", count)
    return subject if subject.lower().startswith("re:") else f"Re: {subject}"


def _text(rows: Sequence[RefusedRow], name: str, writer: Writer, words: DocumentLanguage) -> str:
    dear = words.gettext("Dear {name},", name=name) if name else words.gettext("Dear colleague,")
    thanks = words.ngettext(
        "thank you for what you sent us. One of the files could not be read; nothing in it has reached us yet.",
        "thank you for what you sent us. Of the files, {count} could not be read; nothing in them has reached us yet.",
        len(rows),
    )
    unharmed = words.gettext(
        "Your answers are as you left them on your own computer, and what we had from you before has not changed."
    )
    ends = (words.gettext("With kind regards"), writer.name, writer.organization, writer.round)
    files = (_file_text(names, sentence, words) for sentence, names in _by_sentence(rows).items())
    return "\n\n".join((dear, thanks, *files, unharmed, "\n".join(filter(None, ends)))) + "\n"


def _by_sentence(rows: Sequence[RefusedRow]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        name = f"{row.file_name} ({row.within})" if row.within else row.file_name
        found.setdefault(reply_sentence(problem_named(row.problem)), []).append(name)
    return found


def _file_text(names: Sequence[str], sentence: str, words: DocumentLanguage) -> str:
    """Names on lines of their own, whichever way they run."""
    why = words.gettext("Your file could not be read, because {reason}", reason=words.gettext(sentence))
    return "\n".join((*(f"{_INDENT}{name}" for name in names), "", why))
