"""Which devices are known, and for whom: a key that is known for one respondent vouches for no other."""

from __future__ import annotations

from collections.abc import Iterable

from iscm_desktop.store.key_rows import DeviceRow


class KnownDevices:
    """Looks devices up by their public key, for the respondent whose answers they sign."""

    def __init__(self, rows: Iterable[DeviceRow] = ()) -> None:
        self._rows: dict[str, dict[tuple[str, str], DeviceRow]] = {}
        self._keys: dict[tuple[str, str], set[str]] = {}
        for row in rows:
            self._keys.setdefault((row.form_id, row.respondent), set()).add(row.key)
            self._rows.setdefault(row.key, {})[row.form_id, row.respondent] = row

    def find(self, key: str, form_id: str, respondent: str) -> DeviceRow | None:
        """The device as it is known for this respondent; None where it is not."""
        return self._rows.get(key, {}).get((form_id, respondent))

    def keys_of(self, form_id: str, respondent: str) -> frozenset[str]:
        """The keys that are known for a respondent."""
        return frozenset(self._keys.get((form_id, respondent), ()))

    def elsewhere(self, key: str, form_id: str, respondent: str) -> DeviceRow | None:
        """The device as it is known for another respondent; None where nobody else knows it."""
        others = (row for whose, row in self._rows.get(key, {}).items() if whose != (form_id, respondent))
        return min(others, key=lambda row: (row.respondent_name, row.form_id, row.respondent), default=None)
