"""Files that answers name, as they leave together with tables: each under its name, in a folder of its response."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Mapping

from iscm_desktop.exchange.data.response_data import ResponseData
from iscm_desktop.file_names import file_stem, new_stem, stem_and_ending
from iscm_desktop.questionnaire.attached_files import AttachedFile, attached_file
from iscm_desktop.questionnaire.form_paths import AnswerPath

FOLDER = "media"
Contents = Callable[[str], "bytes | None"]
"""Gives the content with a hash; None where it is not here."""


def distinct_files(answers: Mapping[AnswerPath, str]) -> dict[AnswerPath, str]:
    """The answers that name a file, with names that every system takes and that differ where the contents do."""
    found = [(path, file) for path, text in answers.items() if (file := attached_file(text)) is not None]
    names: dict[str, str] = {}
    taken = {"submission"}  # so is the answers' own file called where files lie beside it
    for _path, file in found:
        if file.digest not in names:
            stem, ending = stem_and_ending(file.name)
            names[file.digest] = new_stem(file_stem(stem), taken) + ending
    return {path: AttachedFile(file.digest, names[file.digest]).text for path, file in found}


def files_of(response: ResponseData) -> Iterator[AttachedFile]:
    """The files of a response, each once."""
    found = {text: file for text in response.answers.values() if (file := attached_file(text)) is not None}
    return iter(found.values())


class MediaFolder:
    """Puts files into a zip; what is not here is told by name."""

    def __init__(self, archive: zipfile.ZipFile, contents: Contents, folder: str = FOLDER) -> None:
        self._archive, self._contents, self._folder = archive, contents, folder
        self.missing: list[str] = []
        self.count = 0

    def add(self, response: ResponseData, folder: str = "") -> None:
        """The files of a response, below its id or in another folder."""
        for file in files_of(response):
            content = self._contents(file.digest)
            if content is None:
                self.missing.append(f"{response.head.respondent}: {file.name}")
                continue
            where = folder or f"{self._folder}/{response.head.uuid}"
            self._archive.writestr(f"{where}/{file.name}", content)
            self.count += 1
