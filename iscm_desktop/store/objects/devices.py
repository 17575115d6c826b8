"""Public keys that this store knows: devices that sign, and coordinators for whom files are encrypted."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, insert, select, update

from iscm_desktop.store.database.tables import CoordinatorKeyRecord, KnownDeviceRecord
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.key_rows import CoordinatorKeyRow, DeviceRow


def devices(db: Transaction) -> tuple[DeviceRow, ...]:
    """By name; a device is there once for each respondent for whom it is known."""
    one = KnownDeviceRecord
    query = select(
        one.form_id, one.respondent, one.key, one.name, one.respondent_name, one.first_seen_at
    ).order_by(one.name, one.key, one.form_id, one.respondent)
    return tuple(DeviceRow(*row) for row in db.sql.execute(query))


def add_device_if_new(db: Transaction, row: DeviceRow) -> bool:
    """A name that somebody gave stays; gives whether the device was not known for this respondent."""
    if db.sql.execute(select(KnownDeviceRecord.key).where(_is(row))).first() is not None:
        return False
    db.sql.execute(
        insert(KnownDeviceRecord).values(
            form_id=row.form_id, respondent=row.respondent, key=row.key, name=row.name,
            respondent_name=row.respondent_name, first_seen_at=row.first_seen_at,
        )
    )  # fmt: skip
    return True


def rename_device(db: Transaction, row: DeviceRow, name: str) -> None:
    """Gives a device that is known for a respondent another name."""
    db.sql.execute(update(KnownDeviceRecord).where(_is(row)).values(name=name))


def forget_device(db: Transaction, row: DeviceRow) -> None:
    """Takes a device out of those known for a respondent; what it signed stays."""
    db.sql.execute(delete(KnownDeviceRecord).where(_is(row)))


def _is(row: DeviceRow) -> ColumnElement[bool]:
    one = KnownDeviceRecord
    return (one.form_id == row.form_id) & (one.respondent == row.respondent) & (one.key == row.key)


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
