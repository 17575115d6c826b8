"""Keys and what they vouch for: this device's, the coordinator's, and the devices that are known."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path

from iscm_desktop.errors import AnswerProblem, IscmError, TrustProblem
from iscm_desktop.exchange.package.package_writer import replace_file
from iscm_desktop.exchange.trust.key_store import KeyChain, NoKeyring
from iscm_desktop.exchange.trust.known_devices import KnownDevices
from iscm_desktop.exchange.trust.signature import SigningKey
from iscm_desktop.exchange.trust.verification import IssuedInvitation, PackageVerifier
from iscm_desktop.exchange.unpacking.decrypted_file import carried_package
from iscm_desktop.questionnaire import registers
from iscm_desktop.store.key_rows import CoordinatorKeyRow
from iscm_desktop.store.objects import devices, invitations
from iscm_desktop.text_limits import TypedText, given
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.round_service import RoundService
from iscm_desktop.workspace.workspace_context import WorkspaceContext

LEAST_PASSPHRASE = 12
_BACKUP_FORMAT = "iscm-keys"
_MAX_BACKUP = 1024 * 1024


def key_chain(context: WorkspaceContext) -> KeyChain:
    """The keys of a store on this computer: files, where they are needed, lie in a folder beside it."""
    return KeyChain(key_folder(context.database.path))


def in_files(context: WorkspaceContext) -> KeyChain:
    """The same without the operating system's key store."""
    return KeyChain(key_folder(context.database.path), NoKeyring())


def key_folder(store: Path) -> Path:
    """Where keys lie that are kept in files: beside the store, named after it."""
    return store.with_name(f"{store.stem}-keys")


class KeyService:
    """The service behind signatures, known devices and coordinators' keys."""

    def __init__(
        self, context: WorkspaceContext, keys: Callable[[WorkspaceContext], KeyChain] = key_chain
    ) -> None:
        self._context = context
        self._make_chain = keys

    @cached_property
    def _chain(self) -> KeyChain:
        return self._make_chain(self._context)

    @cached_property
    def device_key(self) -> SigningKey:
        """Signs for this device; made on first need, and anew where it was lost."""
        found = SigningKey.read(self._chain.read(self._device_name) or "")
        if found is None:
            found = SigningKey.new()
            self._chain.keep(self._device_name, found.written)
        return found

    @property
    def _device_name(self) -> str:
        return f"device {self._context.device}"

    def files(self) -> list[Path]:
        """The files that hold this store's own keys, or would."""
        ours = [_named(row.recipient) for row in self.coordinator_keys() if row.is_ours]
        return [self._chain.file(name) for name in (self._device_name, *ours)]

    # coordinators

    def coordinator_keys(self) -> tuple[CoordinatorKeyRow, ...]:
        """Public keys for which answers are encrypted: our own first, then colleagues' by name."""
        with self._context.database.read() as db:
            return devices.coordinator_keys(db)

    def own_identity(self) -> tuple[str, str]:
        """The private and public key with which this coordinator invites; made on first need."""
        keys = self.identities()
        for row in self.coordinator_keys():
            if row.is_ours and row.recipient in keys:
                return keys[row.recipient], row.recipient
        return self._new_identity()

    def identities(self) -> Mapping[str, str]:
        """Every private key of a coordinator that is at hand, by public key."""
        found: dict[str, str] = {}
        for row in self.coordinator_keys():
            if row.is_ours and (kept := self._chain.read(_named(row.recipient))):
                found[row.recipient] = kept
        return found

    def add_coordinator(self, recipient: str, name: str) -> None:
        """A colleague who may open the answers to invitations issued from now on."""
        from iscm_desktop.exchange.trust.age_encryption import is_recipient

        if not is_recipient(recipient.strip()):
            raise IscmError(TrustProblem.RECIPIENT_UNREADABLE, key=recipient.strip())
        name = given(TypedText.COORDINATOR, name)
        row = CoordinatorKeyRow(recipient.strip(), name, False, self._context.now())
        with self._context.database.write() as db:
            devices.put_coordinator_key(db, row)

    def remove_coordinator(self, recipient: str) -> None:
        """No new invitation names this colleague; our own keys stay, or old files could not be opened."""
        with self._context.database.write() as db:
            devices.remove_coordinator_key(db, recipient)

    def _new_identity(self) -> tuple[str, str]:
        from iscm_desktop.exchange.trust.age_encryption import new_identity, recipient_of

        identity = new_identity()
        recipient = recipient_of(identity) or ""
        self._keep_identity(identity, recipient, self._context.person.signature)
        return identity, recipient

    def _keep_identity(self, identity: str, recipient: str, name: str) -> None:
        self._chain.keep(_named(recipient), identity)  # first the key, then what says that it is there
        with self._context.database.write() as db:
            devices.put_coordinator_key(db, CoordinatorKeyRow(recipient, name, True, self._context.now()))

    def back_up(self, target: Path, passphrase: str) -> int:
        """Writes the coordinator's private keys under a passphrase; gives how many they are.

        Raises:
            IscmError: there is no key, the passphrase is too short, or the file cannot be written.
        """
        from iscm_desktop.exchange.trust.age_encryption import encrypted_with
        from iscm_desktop.exchange.trust.read_back import passphrase_read_back

        keys = self.identities()
        if not keys:
            raise IscmError(TrustProblem.KEYS_NONE)
        if len(passphrase) < LEAST_PASSPHRASE:
            raise IscmError(TrustProblem.PASSPHRASE_SHORT, least=LEAST_PASSPHRASE)
        names = {row.recipient: row.name for row in self.coordinator_keys()}
        content = {
            "format": _BACKUP_FORMAT,
            "format_version": "1.0",
            "keys": [{"identity": keys[each], "name": names[each]} for each in keys],
        }
        plain = json.dumps(content).encode()
        replace_file(
            target, encrypted_with(plain, passphrase), passphrase_read_back(plain, passphrase, target)
        )
        return len(keys)

    def restore(self, file: Path, passphrase: str) -> int:
        """Takes the keys of a backup in; gives how many they are.

        Raises:
            IscmError: the file is no such backup, or the passphrase is not its own.
        """
        from iscm_desktop.exchange.trust.age_encryption import recipient_of

        found = _backed_up(file, passphrase)
        pairs = [(identity, recipient_of(identity), name) for identity, name in found]
        if not pairs or any(recipient is None for _identity, recipient, _name in pairs):
            raise IscmError(TrustProblem.KEYS_FOREIGN, file=file.name)
        for identity, recipient, name in pairs:
            self._keep_identity(identity, recipient or "", name)
        return len(pairs)

    # merging

    def package_verifier(self) -> PackageVerifier:
        """Opens and judges files with what the store knows now."""
        in_use = RoundService(self._context).followed()
        current = in_use.code if in_use else ""
        with self._context.database.read() as db:
            known = KnownDevices(devices.devices(db))
            ours = frozenset(row.recipient for row in devices.coordinator_keys(db) if row.is_ours)
            sent = invitations.issued(db)
            is_planned = bool(invitations.respondents_of(db, current)) or any(
                row.round == current for row in sent
            )
        is_used = is_planned or bool(ResponseList(self._context).of_round(current))
        issued = {
            row.id: IssuedInvitation(
                row.round, row.form_id, row.respondent, registers.respondent_name(row.form_id, row.respondent)
            )
            for row in sent
        }
        in_round = current if is_used else ""
        return PackageVerifier(
            cache(self.identities), ours, known, issued, in_round, self.own_keys, carried_package,
            takes_practice=self._context.is_practice,
        )  # fmt: skip

    def own_keys(self) -> frozenset[str]:
        """The public keys by which this device signs."""
        return frozenset([self.device_key.public])


def _named(recipient: str) -> str:
    return f"coordinator {recipient}"


def _backed_up(file: Path, passphrase: str) -> Sequence[tuple[str, str]]:
    """Private keys and their names."""
    from iscm_desktop.exchange.trust.age_encryption import AgeError, AgeFault, decrypted
    from iscm_desktop.exchange.trust.age_header import SCRYPT

    try:
        if file.stat().st_size > _MAX_BACKUP:
            raise IscmError(TrustProblem.KEYS_FOREIGN, file=file.name)
        content = decrypted(file.read_bytes(), passphrase=passphrase or " ")
        raw = json.loads(content)
        if raw["format"] != _BACKUP_FORMAT:
            raise IscmError(TrustProblem.KEYS_FOREIGN, file=file.name)
        return [(str(key["identity"]), str(key["name"])) for key in raw["keys"]]
    except FileNotFoundError as error:
        raise IscmError(AnswerProblem.FILE_MISSING, file=file) from error
    except AgeError as error:
        is_guess = error.fault is AgeFault.NO_MATCH and SCRYPT in error.kinds
        problem = TrustProblem.PASSPHRASE_WRONG if is_guess else TrustProblem.KEYS_FOREIGN
        raise IscmError(problem, file=file.name) from error
    except (ValueError, KeyError, TypeError) as error:
        raise IscmError(TrustProblem.KEYS_FOREIGN, file=file.name) from error
