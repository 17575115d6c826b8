"""Stores behind a passphrase: SQLCipher encrypts every page, and this process keeps the keys that it was given.

The key follows from the passphrase and from a salt of the file. The salt lies in the file's header, in bytes that
SQLite reserves, leaves alone and carries along with every copy: so a backup opens with the passphrase of the store from
which it was made, and a file tells by itself that it is protected. The rest of the header is readable as in any store;
it holds sizes and numbers, and no answer.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from weakref import WeakValueDictionary

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.store.database.opened_file import Identity, identity_of

READABLE_HEADER = 96
"""Bytes of the file that stay as SQLite writes them: a multiple of AES's blocks, and all of the header that matters."""
RESERVED = 80
"""Bytes at the end of each page for its initialization vector and its HMAC."""
PAGE = 4096
"""Bytes of each page, whatever a damaged header says: SQLCipher does not ask it either."""
FEWEST_LETTERS = 8

_HMAC = 64
"""Of the reserved bytes, the last."""
_HMAC_SALT = 0x3A
"""What SQLCipher changes the salt by for the key of its HMACs: https://www.zetetic.net/sqlcipher/design/"""

_MAGIC = b"SQLite format 3\0"
_SALT = slice(72, 88)
_SIGNS, _SIGNS_OF_OURS = slice(20, 24), bytes((RESERVED, 64, 32, 32))
"""In every protected file: the bytes that are reserved on each page, and three numbers that SQLite fixed."""
_COST = {"n": 2**16, "r": 8, "p": 1, "maxmem": 2**27}
"""scrypt with 64 MiB: a third of a second for whoever knows the passphrase, and for each guess of who does not."""


@dataclass(frozen=True, slots=True)
class FileKey:
    """What opens a protected file, and the copies that were made of it."""

    salt: bytes  # 16 bytes
    key: bytes = field(repr=False)  # 32 bytes

    @property
    def pragma(self) -> str:
        """As SQLCipher takes it: no derivation of its own."""
        return f"\"x'{self.key.hex()}{self.salt.hex()}'\""


_given: dict[bytes, FileKey] = {}
"""Keys that this process was given, by their salt; they are written nowhere."""


class KeptSalt:
    """The salt of a file that this process has open; None of one that is not protected."""

    def __init__(self, salt: bytes | None) -> None:
        self.salt = salt


_open: WeakValueDictionary[Identity, KeptSalt] = WeakValueDictionary()
"""By their files: those keep their numbers for as long as they are open."""


def keep_salt(file: Path) -> KeptSalt:
    """Before the first connection to a file that stays open; to be kept until after the last one.

    Meanwhile the file is not opened for its salt: POSIX lets go of every lock that a process has on a file, SQLite's
    included, when the process closes that file anywhere. Others would then take its log for left behind.

    Raises:
        OSError: nothing is there.
    """
    identity = identity_of(file)
    kept = _open.get(identity)
    if kept is None:
        kept = _open[identity] = KeptSalt(salt_of(file))
    return kept


def is_open_here(file: Path) -> bool:
    """Whether this process has connections to a file, under whatever name: then it must not open and close it."""
    return _kept(file) is not None


def _kept(file: Path) -> KeptSalt | None:
    try:
        return _open.get(identity_of(file))
    except (OSError, ValueError):
        return None


def salt_of(file: Path) -> bytes | None:
    """The salt of a protected file; None of any other, and where there is none."""
    kept = _kept(file)
    if kept is not None:
        return kept.salt
    try:
        with file.open("rb") as opened:
            header = opened.read(_SALT.stop)
    except OSError:
        return None
    is_ours = header.startswith(_MAGIC) or header[_SIGNS] == _SIGNS_OF_OURS  # either may be what is damaged
    if len(header) < _SALT.stop or not is_ours or not any(header[_SALT]):
        return None
    return header[_SALT]


def write_salt(file: Path, salt: bytes) -> None:
    """Marks a file that nobody has open."""
    with file.open("r+b") as opened:
        opened.seek(_SALT.start)
        opened.write(salt)


def key_of(file: Path) -> FileKey | None:
    """The key of a protected file that was given; None of a file that needs none.

    Raises:
        IscmError: the file is protected, and nobody has given the passphrase.
    """
    salt = salt_of(file)
    if salt is None:
        return None
    if salt not in _given:
        raise IscmError(StoreProblem.STORE_PROTECTED, store=file)
    return _given[salt]


def is_given(salt: bytes) -> bool:
    """Whether this process knows the key for this salt."""
    return salt in _given


def recall_key(known: FileKey) -> None:
    """Gives this process a key that is right; it keeps the one that it has."""
    _given.setdefault(known.salt, known)


def know_as(salt: bytes, known: FileKey) -> None:
    """This process opens a file with this key although the salt in its damaged head is another."""
    _given[salt] = known


def head_like(key: FileKey, pages: int) -> bytes:
    """What stands readable at the beginning of a protected file of so many pages, for one that has lost it.

    Enough to read it with SQLite; https://www.sqlite.org/fileformat2.html tells each field.
    """
    head = bytearray(READABLE_HEADER)
    head[:16], head[16:18], head[18:20] = _MAGIC, PAGE.to_bytes(2, "big"), b"\x01\x01"
    head[_SIGNS], head[28:32] = _SIGNS_OF_OURS, pages.to_bytes(4, "big")
    head[44:48], head[56:60] = b"\0\0\0\x04", b"\0\0\0\x01"
    head[_SALT] = key.salt
    return bytes(head)


def derived_key(salt: bytes, passphrase: str) -> FileKey:
    """The key that follows from a passphrase, right or wrong; this process does not know it by that."""
    return FileKey(salt, _derived(passphrase, salt))


def is_right(file: Path, passphrase: str) -> bool:
    """Whether this is the passphrase of a protected file whose key was given."""
    salt = salt_of(file)
    known = None if salt is None else _given.get(salt)
    return known is not None and secrets.compare_digest(known.key, _derived(passphrase, known.salt))


def new_key(passphrase: str) -> FileKey:
    """A key for a file to be made; this process knows it from now on.

    Raises:
        IscmError: the passphrase is too short to protect anything.
    """
    if len(passphrase.strip()) < FEWEST_LETTERS:
        raise IscmError(StoreProblem.PASSPHRASE_SHORT, fewest=FEWEST_LETTERS)
    made = derived_key(secrets.token_bytes(_SALT.stop - _SALT.start), passphrase)
    recall_key(made)
    return made


def _derived(passphrase: str, salt: bytes) -> bytes:
    typed = unicodedata.normalize("NFKC", passphrase.strip()).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(typed, salt=salt, dklen=32, **_COST)


def decrypted_page(page: bytes, key: FileKey, *, is_first: bool) -> bytes:
    """A page of a protected file as SQLite sees it, for whoever reads a broken one without SQLite.

    AES-256 in CBC mode; the vector stands first among the reserved bytes.
    """
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    begin, end = READABLE_HEADER if is_first else 0, len(page) - RESERVED
    vector = page[end : end + 16]
    opened = Cipher(algorithms.AES(key.key), modes.CBC(vector)).decryptor()
    return page[:begin] + opened.update(page[begin:end]) + opened.finalize() + page[end:]


def is_of_key(page: bytes, number: int, key: FileKey) -> bool:
    """Whether a page of a protected file was written with this key, and is whole: by its HMAC.

    Args:
        number: Of the page, the first is 1.
    """
    salt = bytes(each ^ _HMAC_SALT for each in key.salt)
    secret = hashlib.pbkdf2_hmac("sha512", key.key, salt, 2, len(key.key))
    begin, end = READABLE_HEADER if number == 1 else 0, len(page) - _HMAC
    found = hmac.new(secret, page[begin:end] + number.to_bytes(4, "little"), "sha512").digest()
    return hmac.compare_digest(found, page[end:])
