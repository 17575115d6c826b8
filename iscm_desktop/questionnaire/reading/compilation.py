"""Compiles the questionnaires that ship: `python -m iscm_desktop.questionnaire.reading.compilation`.

Run when the program is built. Writes `resources/compiled/{key}.bin` where the workbook, its registers or the
reader changed since; the program then starts without reading a workbook.
"""

from __future__ import annotations

import hashlib
import json
import sys
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from iscm_desktop.errors import IscmError, QuestionnaireProblem
from iscm_desktop.paths import resource
from iscm_desktop.questionnaire.frozen_questionnaire import FORMAT, Questionnaire, compiled
from iscm_desktop.questionnaire.reading.consistency_elements import with_rules
from iscm_desktop.questionnaire.reading.form_faults import form_faults
from iscm_desktop.questionnaire.reading.shipped_workbooks import compose
from iscm_desktop.questionnaire.reading.xform import assemble
from iscm_desktop.questionnaire.reading.xlsform import converted
from iscm_desktop.questionnaire.shipped_keys import SHIPPED_KEYS


def compile_shipped(key: str) -> Questionnaire:
    """The shipped questionnaire, read from its workbook.

    Raises:
        IscmError: FORM_FAULTY with all that is wrong with it.
    """
    workbook = compose(key)
    xml, lists = converted(workbook.definition())
    sheet = workbook.consistency()
    questionnaire = assemble(with_rules(xml, sheet.rules), lists)
    faults = [f"{fault.path}: {fault.message}" for fault in form_faults(questionnaire)]
    faults += map(str, sheet.all_faults(questionnaire))
    if faults:
        told = "\n".join(faults)
        raise IscmError(QuestionnaireProblem.FORM_FAULTY, name=key, faults=told)
    return questionnaire


def sources_hash(key: str) -> str:
    """Changes whenever the compiled form could: with the workbook, the registers, pyxform and our reader."""
    digest = hashlib.sha256(FORMAT + version("pyxform").encode() + _reader_hash())
    digest.update(json.dumps(compose(key).sheets, ensure_ascii=False).encode())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _reader_hash() -> bytes:
    """Of the code that reads forms, since a better reader gives another result from the same workbook."""
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.parent.rglob("*.py")):
        digest.update(source.read_bytes())
    return digest.digest()


def build(folder: Path) -> tuple[str, ...]:
    """Compiles what has changed into `folder` and returns the keys of what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(key for key in SHIPPED_KEYS if _built(key, folder))


def _built(key: str, folder: Path) -> bool:
    target, mark, now = folder / f"{key}.bin", folder / f"{key}.sources", sources_hash(key)
    if target.is_file() and mark.is_file() and mark.read_text(encoding="ascii") == now:
        return False
    mark.unlink(missing_ok=True)
    target.write_bytes(compiled(compile_shipped(key)))
    mark.write_text(now, encoding="ascii")
    return True


def main() -> int:
    """Compiles what has changed, and says what that was; always 0."""
    written = build(resource("compiled"))
    sys.stdout.write(f"compiled: {', '.join(written) or 'nothing has changed'}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
