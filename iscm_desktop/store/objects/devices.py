"""Public keys that this store knows: devices that sign, and coordinators for whom files are encrypted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select, update

from iscm_desktop.store.database.tables import CoordinatorKeyRecord, KnownDeviceRecord
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.key_rows import CoordinatorKeyRow, DeviceRow


def devices(db: Transaction) -> tuple[DeviceRow, ...]:
    """By name."""
    one = KnownDeviceRecord
    query = select(one.key, one.name, one.seen_with, one.first_seen_at).order_by(one.name, one.key)
    return tuple(DeviceRow(*row) for row in db.sql.execute(query))


def add_device_if_new(db: Transaction, key: str, name: str, seen_with: str, at: datetime) -> None:
    """A name that somebody gave stays."""
    if db.sql.execute(select(KnownDeviceRecord.key).where(KnownDeviceRecord.key == key)).first() is None:
        db.sql.execute(
            insert(KnownDeviceRecord).values(key=key, name=name, seen_with=seen_with, first_seen_at=at)
        )


def rename_device(db: Transaction, key: str, name: str) -> None:
    """Gives a known device another name."""
    db.sql.execute(update(KnownDeviceRecord).where(KnownDeviceRecord.key == key).values(name=name))


def forget_device(db: Transaction, key: str) -> None:
    """Takes a device out of those known; what it signed stays."""
    db.sql.execute(delete(KnownDeviceRecord).where(KnownDeviceRecord.key == key))


def coordinator_keys(db: Transaction) -> tuple[CoordinatorKeyRow, ...]:
    """Our own first, the newest of them at the top; then colleagues' by name."""
    one = CoordinatorKeyRecord
    query = select(one.recipient, one.name, one.is_ours, one.made_at)
    rows = [CoordinatorKeyRow(*row) for row in db.sql.execute(query)]
    ours = sorted((row for row in rows if row.is_ours), key=lambda row: row.made_at, reverse=True)
    return (
        *ours,
        *sorted((row for row in rows if not row.is_ours), key=lambda row: (row.name, row.recipient)),
    )


def put_coordinator_key(db: Transaction, row: CoordinatorKeyRow) -> None:
    """A key that is known gets the new name; one of ours stays ours."""
    one = CoordinatorKeyRecord
    kept = db.sql.execute(select(one.is_ours).where(one.recipient == row.recipient)).scalar_one_or_none()
    if kept is None:
        db.sql.execute(
            insert(one).values(
                recipient=row.recipient, name=row.name, is_ours=row.is_ours, made_at=row.made_at
            )
        )
    else:
        values = {"name": row.name, "is_ours": kept or row.is_ours}
        db.sql.execute(update(one).where(one.recipient == row.recipient).values(**values))


def remove_coordinator_key(db: Transaction, recipient: str) -> None:
    """Of a colleague: no new invitation names it. Our own stay, or old files could not be opened."""
    one = CoordinatorKeyRecord
    db.sql.execute(delete(one).where(one.recipient == recipient, one.is_ours.is_(False)))
