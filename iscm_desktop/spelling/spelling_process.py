"""Looks words up in a process of its own: Hunspell holds up every thread while it loads or thinks of words.

`python -m iscm_desktop.spelling.spelling_process` is that process. It reads one JSON object per line,
`{"language": …, "words": […]}` or `{"language": …, "meant": word}`, and answers each with a list on one line: the
words that are not known, or those that may be meant. It ends with its input.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import IO

from iscm_desktop.paths import own_command
from iscm_desktop.private_files import keep_new_files_private
from iscm_desktop.spelling.dictionaries import SpellingDictionary


class Speller:
    """Asks the process, which starts with the first question; to be used on one thread, which waits.

    Where the process cannot be had, every word is right and nothing is meant: nobody is bothered.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._is_hopeless = False  # it ended by itself

    def unknown(self, language: str, words: Iterable[str]) -> list[str]:
        """Those of the words that no dictionary of the language has."""
        return self._ask({"language": language, "words": list(words)})

    def meant(self, language: str, word: str) -> list[str]:
        """What may be meant by a word, the likeliest first."""
        return self._ask({"language": language, "meant": word})

    def close(self) -> None:
        """Ends the process; from another thread this ends a question as well."""
        process, self._process = self._process, None
        self._is_hopeless = True
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()

    def _ask(self, question: dict[str, object]) -> list[str]:
        if self._is_hopeless:
            return []
        try:
            process = self._process or self._start()
            assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 - pipes were asked for
            process.stdin.write(json.dumps(question) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except (OSError, ValueError):  # it has ended, or was ended meanwhile
            line = ""
        if not line:
            self._is_hopeless = True
            return []
        return [str(word) for word in json.loads(line)]

    def _start(self) -> subprocess.Popen[str]:
        command, environment = own_command("iscm_desktop.spelling.spelling_process")
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            encoding="utf-8", env={**os.environ, **environment},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
        return self._process


def serve(questions: IO[str], answers: IO[str], load: Callable[[str], SpellingDictionary]) -> None:
    """The process: answers until nobody asks any more."""
    loaded: dict[str, SpellingDictionary] = {}
    for line in questions:
        question = json.loads(line)
        language = question["language"]
        if language not in loaded:
            loaded[language] = load(language)
        dictionary = loaded[language]
        if "meant" in question:
            found = dictionary.suggest(question["meant"])
        else:
            found = [word for word in question["words"] if not dictionary.knows(word)]
        answers.write(json.dumps(found) + "\n")
        answers.flush()


def main() -> int:
    """What the process runs."""
    keep_new_files_private()
    serve(sys.stdin, sys.stdout, SpellingDictionary)
    return 0


if __name__ == "__main__":
    sys.exit(main())
