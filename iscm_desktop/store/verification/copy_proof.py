"""Whether a copy of a store is good: what was written in it is what it says, and every response opens.

Read back from the file, by plain SQL, before anybody is told that a backup was made or a store restored.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from iscm_desktop.i18n import _, ngettext
from iscm_desktop.store.verification.revision_ids import check_ids
from iscm_desktop.store.verification.store_reader import StoreReader, reading_file

_ITEMS_WITHOUT_HEAD = """
    SELECT count(*) FROM item WHERE length(heads) <= 64
    AND NOT EXISTS (SELECT 1 FROM revision WHERE revision.subject = item.subject AND revision.id = item.heads)
"""
_ITEMS_WITHOUT_A_HEAD_OF_SEVERAL = """
    WITH RECURSIVE head (subject, kind, path, id, rest) AS (
        SELECT subject, kind, path, '', heads || ' ' FROM item WHERE length(heads) > 64
        UNION ALL
        SELECT subject, kind, path, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1)
        FROM head WHERE rest <> '')
    SELECT count(*) FROM head WHERE id <> ''
    AND NOT EXISTS (SELECT 1 FROM revision WHERE revision.subject = head.subject AND revision.id = head.id)
"""
_RESPONSES_WITHOUT_FORM = """
    SELECT count(*) FROM response WHERE NOT EXISTS (
        SELECT 1 FROM questionnaire WHERE questionnaire.hash = response.questionnaire)
"""


def fault_of_copy(path: Path) -> str:
    """What is wrong with a store's file that nobody changes, in words; "" where nothing is.

    Ids are recomputed from content (more than 200,000 a second); of every item the revisions are looked up that it
    shows, so that each response can be opened.

    Raises:
        sqlite3.OperationalError: it cannot be read at all.
    """
    with reading_file(path) as store:
        checked = check_ids(store)
        if checked.unreadable:
            return _("answers of {count} responses cannot be read").format(count=len(checked.unreadable))
        if checked.damaged:
            one = checked.damaged[0]
            words = ngettext(
                "{count} record is not as it was written: '{path}' by {author} of {date}",
                "{count} records are not as they were written, the first of them '{path}' by {author} of {date}",
                len(checked.damaged),
            )
            return words.format(
                count=len(checked.damaged), path=one.path, author=one.author, date=one.made_at[:10]
            )
        return _what_does_not_open(store)


def _what_does_not_open(store: StoreReader) -> str:
    try:
        ((of_one,),) = store.rows(_ITEMS_WITHOUT_HEAD)
        ((of_several,),) = store.rows(_ITEMS_WITHOUT_A_HEAD_OF_SEVERAL)
        ((formless,),) = store.rows(_RESPONSES_WITHOUT_FORM)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        return str(error)
    missing = of_one + of_several
    if missing:
        return ngettext(
            "the record of {count} answer is missing", "the records of {count} answers are missing", missing
        ).format(count=missing)
    if formless:
        return ngettext(
            "the questionnaire of {count} response is missing",
            "the questionnaires of {count} responses are missing",
            formless,
        ).format(count=formless)
    return ""
