"""That saves may be missing from a store: remembered in it until a person has seen to it, for it is seen only once.

The first save after it was noticed makes the store look like any other.
"""

from __future__ import annotations

import json
from pathlib import Path

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.store.database.database import Database

_DOUBT = "store.doubt"


def remembered_doubt(database: Database) -> str:
    """The sentence about saves that may be missing, noted now or earlier; "" where nothing is in doubt.

    Raises:
        IscmError: the store cannot be written.
    """
    doubt = database.doubt
    if doubt is not None:
        noted = {
            "problem": doubt.problem.name,
            **{key: str(value) for key, value in doubt.particulars.items()},
        }
        database.settings.put(_DOUBT, json.dumps(noted))
        return str(doubt)
    text = database.settings.value(_DOUBT)
    return "" if text is None else _sentence(text, database.path)


def forget_doubt(database: Database) -> None:
    """A person has seen to it, or takes the store as it is."""
    database.doubt = None
    database.settings.put(_DOUBT, None)


def _sentence(noted: str, path: Path) -> str:
    try:
        particulars = {str(key): str(value) for key, value in json.loads(noted).items()}
        return str(IscmError(StoreProblem[particulars.pop("problem")], **particulars))
    except (ValueError, KeyError, AttributeError):
        return str(IscmError(StoreProblem.STORE_SET_BACK, store=path))
