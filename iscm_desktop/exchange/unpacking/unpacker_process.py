"""Runs `exchange.unpacking.extraction` in a process of its own, with a limit of memory and of time.

Libraries that read strangers' PDFs and mails can be made to loop, to swell or to crash. Then only that process
ends; the file is refused in words, and the next one gets a new process.

`python -m iscm_desktop.exchange.unpacking.unpacker_process FOLDER` is that process. It reads one JSON object per line,
`{"file": …, "number": …}`, writes what it finds into the folder, and answers one line per thing found and an
empty object at the end.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import IO, TYPE_CHECKING

from iscm_desktop.errors import FileProblem, IscmError, Problem
from iscm_desktop.exchange.unpacking.mail_sender import MailSender
from iscm_desktop.paths import own_command
from iscm_desktop.private_files import FOLDER_MODE, keep_new_files_private, write_private

if TYPE_CHECKING:
    from iscm_desktop.exchange.unpacking.extraction import FoundPackage

MEMORY = 1024 * 1024 * 1024
"""Address space of the process, where the system can limit it: the largest file, unpacked, and its copies."""
PATIENCE_S = 20.0
"""For so long it may be silent."""
PATIENCE_WITH_ONE_S = 300.0
"""For so long it may be busy with one file, however much lies in it."""
_LOOK_S = 0.1


@dataclass(frozen=True, slots=True)
class ExtractedFile:
    """A package that was written into the folder, under the name it had."""

    path: Path
    within: tuple[str, ...]
    sender: MailSender | None = None


@dataclass(frozen=True, slots=True)
class NotExtracted:
    """Something that cannot be used."""

    name: str
    within: tuple[str, ...]
    problem: Problem
    sender: MailSender | None = None

    @property
    def refusal(self) -> IscmError:
        """The problem as an error about this file, to be raised or shown."""
        return IscmError(self.problem, file=self.name)


class Unpacker:
    """Unpacks files into a folder; a context manager. The process starts with the first file."""

    def __init__(self, folder: Path, patience_s: float = PATIENCE_S) -> None:
        self._folder = folder
        self._patience_s = patience_s
        self._process: subprocess.Popen[str] | None = None
        self._lines: SimpleQueue[str | None] = SimpleQueue()

    def __enter__(self) -> Unpacker:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._end()

    def unpack(
        self, file: Path, number: int, should_stop: Callable[[], bool]
    ) -> Iterator[ExtractedFile | NotExtracted]:
        """What is in a file; ends early, with what was found so far, when asked to stop."""
        self._ask({"file": str(file), "number": number})
        until = time.monotonic() + PATIENCE_WITH_ONE_S
        while True:
            line = self._next_line(until, should_stop)
            if line is None:
                self._end()
                if not should_stop():
                    yield NotExtracted(file.name, (), FileProblem.HOLDER_TOO_SLOW)
                return
            answer = json.loads(line)
            if not answer:
                return
            within = tuple(answer["within"])
            sender = MailSender.from_parts(answer["sender"]) if "sender" in answer else None
            if "path" in answer:
                yield ExtractedFile(Path(answer["path"]), within, sender)
            else:
                yield NotExtracted(answer["name"], within, FileProblem[answer["problem"]], sender)

    def _next_line(self, until: float, should_stop: Callable[[], bool]) -> str | None:
        """None: it ended, was silent for too long, or nobody wants to know any more."""
        until = min(until, time.monotonic() + self._patience_s)
        while time.monotonic() < until and not should_stop():
            with suppress(Empty):
                return self._lines.get(timeout=_LOOK_S)
        return None

    def _ask(self, question: dict[str, object]) -> None:
        if self._process is None or self._process.poll() is not None:
            self._start()
        assert self._process is not None and self._process.stdin is not None  # noqa: S101, PT018 - started above
        with suppress(OSError):  # it ended: the queue tells
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()

    def _start(self) -> None:
        self._end()
        command, environment = own_command("iscm_desktop.exchange.unpacking.unpacker_process")
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [*command, str(self._folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            encoding="utf-8", env={**os.environ, **environment},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
        assert self._process.stdout is not None  # noqa: S101 - a pipe was asked for
        self._lines = SimpleQueue()
        Thread(target=_pass_on, args=(self._process.stdout, self._lines), daemon=True).start()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            if process.stdin is not None:
                with suppress(OSError):
                    process.stdin.close()


def _pass_on(stream: IO[str], lines: SimpleQueue[str | None]) -> None:
    """The thread that reads: pipes cannot be waited for with a limit of time on every system."""
    with stream, suppress(ValueError, OSError):
        for line in stream:
            lines.put(line)
    lines.put(None)


def serve(folder: Path, questions: IO[str], answers: IO[str]) -> None:
    """The process: answers until nobody asks any more."""
    for line in questions:
        question = json.loads(line)
        for answer in _answers(folder, Path(question["file"]), question["number"]):
            answers.write(json.dumps(answer) + "\n")
            answers.flush()
        answers.write("{}\n")
        answers.flush()


def _answers(folder: Path, file: Path, number: int) -> Iterator[dict[str, object]]:
    from iscm_desktop.exchange.unpacking.extraction import MAX_FILE, FoundPackage, PackageExtractor

    try:
        if file.stat().st_size > MAX_FILE:
            yield {"name": file.name, "within": [], "problem": "HOLDER_TOO_LARGE"}
            return
        data = file.read_bytes()
    except OSError as error:
        is_gone = isinstance(error, FileNotFoundError)
        yield {"name": file.name, "within": [], "problem": "FILE_MISSING" if is_gone else "PACKAGE_DAMAGED"}
        return
    for position, one in enumerate(PackageExtractor().unpack(file.name, data)):
        about: dict[str, object] = {"name": one.name, "within": list(one.within)}
        if one.sender is not None:
            about["sender"] = one.sender.as_parts()
        if isinstance(one, FoundPackage):
            yield about | _laid_out(folder / f"{number}-{position}", one)
        else:
            yield about | {"problem": one.problem}


def _laid_out(place: Path, found: FoundPackage) -> dict[str, object]:
    """Under its name or, where a disk does not take that, under its ending alone."""
    for name in (found.name, "1" + Path(found.name).suffix[:5].encode("ascii", "ignore").decode()):
        try:
            place.mkdir(mode=FOLDER_MODE, exist_ok=True)
            write_private(place / name, found.data)
        except OSError:
            continue
        return {"path": str(place / name)}
    return {"problem": "HOLDER_NO_ROOM"}


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows: time is limited, and the size of what is read
        return
    with suppress(ValueError, OSError):  # macOS knows the limit and does not keep it; or a stricter one holds
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main(arguments: list[str]) -> int:
    """What the process runs: serves requests until its input ends; `arguments` holds the folder to write into."""
    keep_new_files_private()
    _limit_memory()
    serve(Path(arguments[0]), sys.stdin, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
