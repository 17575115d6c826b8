"""Two coordinators vouch for one ledger: a request, the comparison with one's own store, and what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from iscm_desktop.errors import AnswerProblem, IscmError, LedgerProblem
from iscm_desktop.exchange.ledger.checkpoint import read_checkpoint
from iscm_desktop.exchange.ledger.cosign_request import (
    MAX_REQUEST,
    CosignRequest,
    read_request,
    written_request,
)
from iscm_desktop.exchange.ledger.ledger_keys import cosigner_key, raw_key
from iscm_desktop.exchange.ledger.signed_note import ED25519, NoteKey, SignedNote, cosignature, read_note
from iscm_desktop.exchange.package.package_writer import replace_file
from iscm_desktop.i18n import _
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.ledger import checkpoint_rows
from iscm_desktop.store.ledger.ledger_entries import entries_of, round_of_origin
from iscm_desktop.store.ledger.round_heads import heads_roots_of_round
from iscm_desktop.store.merkle_tree import EMPTY_ROOT, tree_root
from iscm_desktop.workspace.key_service import KeyService
from iscm_desktop.workspace.ledger.ledger_service import LedgerService
from iscm_desktop.workspace.ledger.trusted_keys import trusted_keys
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.workspace_context import WorkspaceContext


@dataclass(frozen=True, slots=True)
class CosignOutcome:
    """What became of a file that had to do with cosigning."""

    round: str
    size: int  # of the ledger
    is_ours: bool  # our checkpoint came back; False: another's was cosigned here
    by: tuple[str, ...]  # who signed, as this store knows them: cosigners of ours, or whose checkpoint it is
    file: Path | None  # where the cosigned checkpoint was written
    words: str


class CosigningService:
    """The service behind "Cosign…"."""

    def __init__(
        self, context: WorkspaceContext, key_service: KeyService, ledger_service: LedgerService
    ) -> None:
        self._context, self._keys, self._ledger = context, key_service, ledger_service
        self._list = ResponseList(context)

    def write_request(self, round_: str, target: Path, recipients: Sequence[str] = ()) -> Path:
        """Writes what another coordinator needs to cosign the ledger as it is now, encrypted for them.

        Args:
            recipients: Their public keys in the age format; those of all colleagues by default.

        Raises:
            IscmError: no colleague's key is known, the ledger is empty, or the file cannot be written.
        """
        from iscm_desktop.exchange.trust.age_encryption import encrypted

        keys = list(recipients) or [row.recipient for row in self._keys.coordinator_keys() if not row.is_ours]
        if not keys:
            raise IscmError(LedgerProblem.COSIGNER_UNKNOWN)
        row = self._ledger.checkpoint(round_)
        with self._context.database.read() as db:
            leaves = [entry.leaf for entry in entries_of(db, round_)[: row.size]]
        request = written_request(row.text, leaves)
        replace_file(target, encrypted(request, keys))
        return target

    def cosign(self, file: Path, target: Path | None = None, keys: Sequence[str] = ()) -> CosignOutcome:
        """Cosigns another's checkpoint, or takes the cosignature of one of ours in: the file says which.

        Args:
            target: Where the cosigned checkpoint goes; beside the file by default.
            keys: Public keys of others to be trusted, beside those that are known.

        Raises:
            IscmError: the file is neither, nobody known signed it, or both stores do not hold the same.
        """
        try:
            if file.stat().st_size > MAX_REQUEST:
                raise IscmError(LedgerProblem.CHECKPOINT_UNKNOWN, file=file.name)
            data = file.read_bytes()
        except OSError:
            raise IscmError(AnswerProblem.FILE_MISSING, file=file) from None
        request = self._opened(data, file)
        if request is None:
            return self._take_in(data, file, keys)
        return self._cosign(request, file, target or file.with_name(f"cosigned-{file.stem}.txt"), keys)

    def _opened(self, data: bytes, file: Path) -> CosignRequest | None:
        """The request in a file that is encrypted; None where it is not encrypted, and so none."""
        from iscm_desktop.exchange.trust.age_encryption import AgeError, decrypted

        if not data.startswith(b"age-encryption.org/"):
            return None
        try:
            return read_request(decrypted(data, list(self._keys.identities().values())))
        except (AgeError, ValueError):
            raise IscmError(LedgerProblem.REQUEST_BROKEN, file=file.name) from None

    def _cosign(self, request: CosignRequest, file: Path, target: Path, keys: Sequence[str]) -> CosignOutcome:
        own = self._keys.device_key
        head = request.checkpoint
        with self._context.database.write() as db:
            by = self._signers(db, request.note, head.origin, file, keys)
            self._compare(db, request, file)
            before = checkpoint_rows.cosigned(db, head.origin)
            if before is not None and (
                before[0] > head.size or tree_root(request.hashes[: before[0]]).hex() != before[1]
            ):
                raise IscmError(LedgerProblem.LEDGER_NOT_CONTINUED, file=file.name, size=before[0])
            now = self._context.now()
            checkpoint_rows.keep_cosigned(db, head.origin, head.size, head.root.hex(), now)
            name = cosigner_key(raw_key(own.public)).name
            added = cosignature(request.note.text, name, own.seed, int(now.timestamp()))
            replace_file(target, request.note.with_signature(added).written.encode())
        words = _(
            "Cosigned: {size} entries of the round '{round}', by {by}. Both stores hold the same answers. "
            "Send '{file}' back."
        ).format(size=head.size, round=request.round, by=", ".join(by), file=target.name)
        return CosignOutcome(request.round, head.size, False, by, target, words)

    def _compare(self, db: Transaction, request: CosignRequest, file: Path) -> None:
        """Both stores hold equal heads of every response of the round."""
        own = heads_roots_of_round(db, request.round)
        nothing = EMPTY_ROOT.hex()
        unlike = [
            response
            for response in sorted(own.keys() | request.roots.keys())
            if own.get(response, nothing) != request.roots.get(response, nothing)
        ]
        if unlike:
            names = {row.id: row.respondent_name for row in self._list.all()}
            named = sorted(names.get(response, _("a respondent unknown here")) for response in unlike)
            raise IscmError(
                LedgerProblem.LEDGER_NOT_EQUAL, file=file.name, respondents=", ".join(dict.fromkeys(named))
            )

    def _signers(
        self, db: Transaction, note: SignedNote, origin: str, file: Path, keys: Sequence[str]
    ) -> tuple[str, ...]:
        known = trusted_keys(db, self._keys.device_key.public, keys)
        named = {NoteKey(origin, ED25519, raw): name for raw, name in known.items()}
        try:
            found = note.verified_by(named)
        except ValueError:
            raise IscmError(LedgerProblem.REQUEST_BROKEN, file=file.name) from None
        if not found:
            raise IscmError(LedgerProblem.NOTE_UNSIGNED, file=file.name)
        return tuple(named[key] for key in found)

    def _take_in(self, data: bytes, file: Path, keys: Sequence[str]) -> CosignOutcome:
        try:
            note = read_note(data)
            head = read_checkpoint(note.text)
        except ValueError:
            raise IscmError(LedgerProblem.CHECKPOINT_UNKNOWN, file=file.name) from None
        with self._context.database.write() as db:
            round_ = round_of_origin(db, head.origin)
            rows = () if round_ is None else checkpoint_rows.checkpoints_of(db, round_)
            kept = [(row, read_note(row.text.encode())) for row in rows]
            found = next(((row, own) for row, own in kept if own.text == note.text), None)
            if found is None:
                raise IscmError(LedgerProblem.CHECKPOINT_UNKNOWN, file=file.name)
            row, whole = found
            own_key = raw_key(self._keys.device_key.public)
            known = {
                cosigner_key(raw): name
                for raw, name in trusted_keys(db, self._keys.device_key.public, keys).items()
                if raw != own_key
            }
            try:
                signers = note.verified_by(known)
            except ValueError:
                raise IscmError(LedgerProblem.CHECKPOINT_NOT_COSIGNED, file=file.name) from None
            if not signers:
                raise IscmError(LedgerProblem.CHECKPOINT_NOT_COSIGNED, file=file.name)
            for signature in note.signatures:
                if any(signature.is_by(key) for key in signers):
                    whole = whole.with_signature(signature)
            checkpoint_rows.set_text(db, row, whole.written)
        by = tuple(known[key] for key in signers)
        words = _("Checkpoint {number} of the round '{round}' is cosigned by {by}.").format(
            number=row.number, round=row.round, by=", ".join(by)
        )
        return CosignOutcome(row.round, row.size, True, by, None, words)
