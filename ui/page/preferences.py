"""What this person likes about the window: colours, text size, language, where it lay on the screen.

Kept in the store's settings, which merging never carries along. Unknown or damaged values count as not set.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray

from iscm_desktop.i18n import spoken_languages
from iscm_desktop.questionnaire.form_paths import AnswerPath
from ui.look.theme import Mode

if TYPE_CHECKING:
    from iscm_desktop.workspace import Workspace


_MOST_PLACES = 100
"""Responses of which the last place is kept."""


class Preferences:
    """Typed access; without a workspace (it could not be opened) everything is as at first."""

    def __init__(self, workspace: Workspace | None) -> None:
        self._workspace = workspace

    @property
    def mode(self) -> Mode:
        """Which colours; as the system before anybody chose."""
        found = self._read("mode")
        return Mode(found) if found in {mode.value for mode in Mode} else Mode.SYSTEM

    @mode.setter
    def mode(self, mode: Mode) -> None:
        self._keep("mode", mode.value)

    @property
    def text_scale(self) -> int:
        """Text size in per cent; 100 before anybody chose."""
        found = self._read("text_scale")
        return int(found) if found.isdecimal() else 100

    @text_scale.setter
    def text_scale(self, per_cent: int) -> None:
        self._keep("text_scale", str(per_cent))

    @property
    def language(self) -> str:
        """Language of the interface; "" before anybody chose."""
        found = self._read("language")
        return found if found in spoken_languages() else ""

    @language.setter
    def language(self, language: str) -> None:
        self._keep("language", language)

    @property
    def is_welcomed(self) -> bool:
        """Whether the first start has asked for a name."""
        return self._read("welcomed") == "yes"

    def set_welcomed(self) -> None:
        """The first start need not ask for a name again."""
        self._keep("welcomed", "yes")

    @property
    def watched_folder(self) -> Path | None:
        """Where files are awaited; None where nobody chose a folder."""
        found = self._read("watched_folder")
        return Path(found) if found else None

    @watched_folder.setter
    def watched_folder(self, folder: Path | None) -> None:
        self._keep("watched_folder", str(folder or ""))

    @property
    def merges_incoming(self) -> bool:
        """Whether what arrives there is merged without asking."""
        return self._read("merges_incoming") == "yes"

    @merges_incoming.setter
    def merges_incoming(self, is_on: bool) -> None:
        self._keep("merges_incoming", "yes" if is_on else "no")

    def last_place(self, response_id: str) -> AnswerPath:
        """The question at which somebody left a response; "" before anybody did."""
        return AnswerPath(self._places().get(response_id, ""))

    def set_last_place(self, response_id: str, path: str) -> None:
        """Keeps where somebody left a response; of the responses of long ago it is forgotten."""
        places = self._places()
        if list(places)[-1:] == [response_id] and places[response_id] == path:
            return
        places.pop(response_id, None)
        places[response_id] = path
        self._keep("places", json.dumps(dict(list(places.items())[-_MOST_PLACES:]), ensure_ascii=False))

    def _places(self) -> dict[str, str]:
        """By response, the one left last at the end."""
        try:
            found = json.loads(self._read("places") or "{}")
        except ValueError:
            return {}
        pairs = found.items() if isinstance(found, dict) else ()
        return {key: value for key, value in pairs if isinstance(value, str)}

    @property
    def lock_after(self) -> int:
        """Minutes without a key or the mouse after which the window of a protected store locks itself; 0 is never."""
        found = self._read("lock_after")
        return int(found) if found.isdecimal() else 15

    @lock_after.setter
    def lock_after(self, minutes: int) -> None:
        self._keep("lock_after", str(minutes))

    @property
    def export_folder(self) -> Path | None:
        """Where the last file was written; None where none was, or the folder is gone."""
        found = self._read("export_folder")
        return Path(found) if found and Path(found).is_dir() else None

    @export_folder.setter
    def export_folder(self, folder: Path) -> None:
        self._keep("export_folder", str(folder))

    @property
    def geometry(self) -> QByteArray:
        """Where the window lay; empty when never kept."""
        return QByteArray.fromBase64(self._read("geometry").encode())

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._keep("geometry", geometry.toBase64().toStdString())

    def second_language(self, response_id: str) -> str:
        """The language of the form that stands under each question of a response; "" for none."""
        return self._read(f"second_language:{response_id}")

    def set_second_language(self, response_id: str, language: str) -> None:
        """Shows this one, as the form names it, from now on; "" for none."""
        self._keep(f"second_language:{response_id}", language)

    @property
    def checks_spelling(self) -> bool:
        """Whether words are looked up in a dictionary; they are before anybody chose."""
        return self._read("checks_spelling") != "no"

    @checks_spelling.setter
    def checks_spelling(self, is_on: bool) -> None:
        self._keep("checks_spelling", "yes" if is_on else "no")

    @property
    def own_words(self) -> frozenset[str]:
        """Words that this person added to the dictionary, in small letters."""
        return frozenset(self._read("own_words").split("\n")) - {""}

    @own_words.setter
    def own_words(self, words: frozenset[str]) -> None:
        self._keep("own_words", "\n".join(sorted(words)))

    def spelling_language(self, response_id: str) -> str | None:
        """In which language a response's words are looked up, "" for none; None where nobody chose."""
        found = self._read(f"spelling:{response_id}")
        return None if not found else found.removeprefix("=")

    def set_spelling_language(self, response_id: str, code: str) -> None:
        """Looks them up in this one from now on; "" for none."""
        self._keep(f"spelling:{response_id}", f"={code}")

    def entry_mode(self, repeat: str) -> str:
        """How the entries of a repeat, named by form and path, are shown: "cards", "table", "" where nobody chose."""
        found = self._read(f"entries:{repeat}")
        return found if found in ("cards", "table") else ""

    def set_entry_mode(self, repeat: str, mode: str) -> None:
        """Shows the entries of this repeat so from now on, in every response."""
        self._keep(f"entries:{repeat}", mode)

    def _read(self, key: str) -> str:
        return (self._workspace.setting(key) if self._workspace else None) or ""

    def _keep(self, key: str, text: str) -> None:
        if self._workspace:
            self._workspace.set_setting(key, text)
