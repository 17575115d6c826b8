"""Receipts for respondents: made, printed, checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from iscm_desktop.errors import AnswerProblem, IscmError, LedgerProblem
from iscm_desktop.exchange.ledger.checkpoint import read_checkpoint
from iscm_desktop.exchange.ledger.checkpoint_comparison import CheckpointRelation, relation
from iscm_desktop.exchange.ledger.ledger_keys import cosigner_key
from iscm_desktop.exchange.ledger.receipt import Receipt, read_receipt, written_receipt
from iscm_desktop.exchange.ledger.signed_note import ED25519, MAX_NOTE, NoteKey, read_note
from iscm_desktop.exchange.ledger.tlog_proof import MAX_PROOF_FILE
from iscm_desktop.exchange.package.package_writer import replace_file
from iscm_desktop.exchange.trust.signature import fingerprint
from iscm_desktop.file_names import file_stem
from iscm_desktop.i18n import _
from iscm_desktop.questionnaire import registers
from iscm_desktop.reports.documents.receipt_document import PrintedReceipt, receipt_document
from iscm_desktop.reports.typesetting import matrix_code
from iscm_desktop.session.views import AnswerPath
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.ledger import checkpoint_rows
from iscm_desktop.store.ledger.ledger_entries import LedgerEntry, entries_of, hashes_of, heads_of_response
from iscm_desktop.store.ledger.ledger_leaf import heads_root
from iscm_desktop.store.merkle_tree import WholeTree
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.revision import RESTRICTION, SIGN_OFF, ItemKey, SubjectId
from iscm_desktop.store.objects.rounds import round_row
from iscm_desktop.store.rows import ResponseRow
from iscm_desktop.workspace import known_questionnaires
from iscm_desktop.workspace.damage_notice import check_responses, with_notice
from iscm_desktop.workspace.documents.printing import PrintedDocument, write_pdf
from iscm_desktop.workspace.item_labels import ItemLabels
from iscm_desktop.workspace.key_service import KeyService
from iscm_desktop.workspace.ledger.ledger_service import LedgerService
from iscm_desktop.workspace.ledger.receipt_check import ReceiptFindings, ReceiptStanding, examine_receipt
from iscm_desktop.workspace.ledger.trusted_keys import trusted_keys
from iscm_desktop.workspace.practice_mark import notice_in_print
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.workspace_context import WorkspaceContext


@dataclass(frozen=True, slots=True)
class WrittenReceipt:
    """A receipt that was made."""

    file: Path
    response: SubjectId
    respondent_name: str
    entry: int  # from 1
    size: int  # entries in the ledger


@dataclass(frozen=True, slots=True)
class CheckedReceipt:
    """What checking a receipt came to."""

    file: str
    round: str
    response: SubjectId
    respondent_name: str  # "" where the response is not here
    entry: int  # from 1
    size: int
    signed_by: str | None  # whose key it is, as this store knows them; None: nobody known signed
    cosigned_by: tuple[str, ...]
    findings: ReceiptFindings
    newer: CheckpointRelation | None  # what another checkpoint says about it; None where none was given
    changed_here: tuple[str, ...]  # the questions, as they are called
    not_there: tuple[str, ...]
    undecided_there: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        """Whether the answers stand in the ledger as they are here, by the word of somebody known."""
        is_denied = self.newer in (
            CheckpointRelation.CONTRADICTS,
            CheckpointRelation.LOST,
            CheckpointRelation.OTHER,
        )
        stands = self.findings.standing is ReceiptStanding.STANDS
        return self.signed_by is not None and stands and not is_denied


class ReceiptService:
    """The service behind "Receipts…", and behind checking one."""

    def __init__(
        self, context: WorkspaceContext, key_service: KeyService, ledger_service: LedgerService
    ) -> None:
        self._context, self._keys, self._ledger = context, key_service, ledger_service
        self._list = ResponseList(context)

    def make(self, response: SubjectId, target: Path) -> WrittenReceipt:
        """Writes the receipt of a response: its newest entry, proven against the ledger as it is now.

        Raises:
            IscmError: no entry speaks of it, or the file cannot be written.
        """
        return self._make([self._list.row(response)], [target])[0]

    def make_all(self, round_: str, folder: Path) -> tuple[WrittenReceipt, ...]:
        """Writes one for each response of a round that has an entry and is in view.

        Raises:
            IscmError: no response has an entry, or a file cannot be written.
        """
        with self._context.database.read() as db:
            known = {entry.leaf.response for entry in entries_of(db, round_)}
        rows = [row for row in self._list.of_round(round_) if row.id in known and not row.is_public]
        if not rows:
            raise IscmError(LedgerProblem.LEDGER_EMPTY, round=round_)
        return self._make(rows, [folder / file_name(row) for row in rows])

    def text(self, response: SubjectId, *, is_short: bool = False) -> str:
        """The receipt of a response as a text, without noting that it was made; short ones go on paper."""
        ((_entry, _size, text),) = self._texts([self._list.row(response)], is_short=is_short)
        return text

    def print(self, response: SubjectId, target: Path) -> PrintedDocument:
        """Prints the receipt of a response with a code that holds it, in the response's language.

        Raises:
            IscmError: no entry speaks of it, it is too long for a code, or the file cannot be written.
        """
        text, row = self.text(response, is_short=True), self._list.row(response)
        size = len(text.encode())
        if size > matrix_code.MOST:
            problem = LedgerProblem.RECEIPT_TOO_LARGE_TO_PRINT
            raise IscmError(problem, respondent=row.respondent_name, size=size, most=matrix_code.MOST)
        receipt = read_receipt(text.encode())
        with self._context.database.read() as db:
            findings = examine_receipt(db, receipt, self._context.device)
            title = round_row(db, row.round).title
        signed_at = findings.signed_off_at
        document = receipt_document(
            PrintedReceipt(
                row.respondent_name, row.questionnaire_title, title, row.language, findings.answers,
                signed_at.date() if signed_at else None, receipt.index + 1, receipt.checkpoint.size,
                receipt.checkpoint.origin, fingerprint(self._ledger.public_key), text, self._context.now(),
            )
        )  # fmt: skip
        known = notice_in_print(self._context.database)
        with self._context.database.read() as db:
            printed = write_pdf(with_notice(db, [response], document, known), target)
        with self._context.database.write() as db:
            checkpoint_rows.keep_receipt(db, row.id, row.round, receipt.index, self._context.now())
        return printed

    def _make(self, rows: Sequence[ResponseRow], targets: Sequence[Path]) -> tuple[WrittenReceipt, ...]:
        """Of one round; written while nobody has to wait for the store."""
        texts = self._texts(rows)
        made = []
        for row, target, (entry, size, text) in zip(rows, targets, texts, strict=True):
            replace_file(target, text.encode())
            made.append(WrittenReceipt(target, row.id, row.respondent_name, entry.position + 1, size))
        with self._context.database.write() as db:
            for one in made:
                position = one.entry - 1
                checkpoint_rows.keep_receipt(db, one.response, rows[0].round, position, self._context.now())
        return tuple(made)

    def _texts(
        self, rows: Sequence[ResponseRow], *, is_short: bool = False
    ) -> list[tuple[LedgerEntry, int, str]]:
        """The newest entry of each, the ledger's size, and the receipt: of one round, against its ledger as it is now.

        The ids of the heads are in a receipt where they still are what its entry vouches for.
        """
        key, round_ = self._keys.device_key, rows[0].round
        with self._context.database.write() as db:
            entries = {entry.leaf.response: entry for entry in entries_of(db, round_)}
            for row in rows:
                if row.id not in entries:
                    raise IscmError(LedgerProblem.RECEIPT_NONE, respondent=row.respondent_name)
            check_responses(db, [row.id for row in rows])
            checkpoint = self._ledger.checkpoint_within(db, round_, key.seed)
            hashes = hashes_of(db, round_, end=checkpoint.size)
            heads = {row.id: () if is_short else tuple(heads_of_response(db, row.id)) for row in rows}
        tree = WholeTree(hashes)
        found = []
        for row in rows:
            entry, own = entries[row.id], heads[row.id]
            told = own if heads_root(own) == entry.leaf.heads_root else None
            proof = tree.inclusion_proof(entry.position)
            text = written_receipt(entry.leaf, told, entry.position, proof, checkpoint.text)
            found.append((entry, checkpoint.size, text))
        return found

    # checking

    def check(self, file: Path, keys: Sequence[str] = (), checkpoint: Path | None = None) -> CheckedReceipt:
        """Compares a receipt with the answers of this store; nothing is changed, and no network is needed.

        Args:
            keys: Public keys of coordinators to be trusted, beside those that are known here.
            checkpoint: Another one of the same ledger, or of what it became, to be held against the receipt.

        Raises:
            IscmError: it is no receipt, was changed, or one of the keys is none; likewise the checkpoint, or
                nobody known signed that.
        """
        receipt = _read(file)
        with self._context.database.read() as db:
            known = trusted_keys(db, self._keys.device_key.public, keys)
            cosigners = {cosigner_key(raw): name for raw, name in known.items()}
            try:
                signed_by = receipt.signed_by(known)
                cosigned_by = tuple(cosigners[key] for key in receipt.note.verified_by(cosigners))
            except ValueError:
                raise IscmError(LedgerProblem.RECEIPT_BROKEN, file=file.name) from None
            newer = None if checkpoint is None else _relation(receipt, checkpoint, known)
            findings = examine_receipt(db, receipt, self._context.device)
            name, labels = self._named(db, receipt, findings)
        return CheckedReceipt(
            file.name,
            receipt.leaf.round,
            receipt.leaf.response,
            name,
            receipt.index + 1,
            receipt.checkpoint.size,
            signed_by,
            cosigned_by,
            findings,
            newer,
            tuple(dict.fromkeys(_label(key, labels) for key in findings.changed_here)),
            tuple(dict.fromkeys(_label(key, labels) for key in findings.not_there)),
            tuple(dict.fromkeys(_label(key, labels) for key in findings.undecided_there)),
        )

    def _named(
        self, db: Transaction, receipt: Receipt, findings: ReceiptFindings
    ) -> tuple[str, ItemLabels | None]:
        """The respondent, and how their questions are called; none where the response is not here."""
        if findings.standing is ReceiptStanding.UNKNOWN:
            return "", None
        subject = receipt.leaf.response
        row = next((row for row in self._list.all() if row.id == subject), None)
        used = known_questionnaires.questionnaire_by_hash(db, responses.questionnaire_hash(db, subject))
        return (row.respondent_name if row else ""), ItemLabels(used, row.language if row else "en")


def _label(key: ItemKey, labels: ItemLabels | None) -> str:
    kind, path = key
    if kind == SIGN_OFF:
        return _("the sign-off")
    question = labels.label(AnswerPath(path)) if labels else path
    return (
        _("{question} (not for publication)").format(question=question) if kind == RESTRICTION else question
    )


def file_name(row: ResponseRow) -> str:
    """ "receipt-igc-2027.txt"; the form is in it where a round has several for one respondent."""
    names = ("receipt", row.form_id, registers.slug(row.respondent), registers.slug(row.round))
    return f"{file_stem(*names)}.txt"  # the questionnaire is called as whoever made it likes


def _relation(receipt: Receipt, file: Path, known: Mapping[bytes, str]) -> CheckpointRelation:
    try:
        if file.stat().st_size > MAX_NOTE:
            raise IscmError(LedgerProblem.CHECKPOINT_BROKEN, file=file.name)
        data = file.read_bytes()
    except OSError:
        raise IscmError(AnswerProblem.FILE_MISSING, file=file) from None
    try:
        note = read_note(data)
        head = read_checkpoint(note.text)
        signers = note.verified_by(NoteKey(head.origin, ED25519, raw) for raw in known)
    except ValueError:
        raise IscmError(LedgerProblem.CHECKPOINT_BROKEN, file=file.name) from None
    if not signers:
        raise IscmError(LedgerProblem.NOTE_UNSIGNED, file=file.name)
    return relation(receipt.index, receipt.checkpoint, head)


def _read(file: Path) -> Receipt:
    try:
        if file.stat().st_size > MAX_PROOF_FILE:
            raise IscmError(LedgerProblem.RECEIPT_BROKEN, file=file.name)
        data = file.read_bytes()
    except OSError:
        raise IscmError(AnswerProblem.FILE_MISSING, file=file) from None
    try:
        return read_receipt(data)
    except ValueError:
        raise IscmError(LedgerProblem.RECEIPT_BROKEN, file=file.name) from None
