"""How large a package is, beside nothing but its revisions compressed."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from tests.bench import samples
from tests.bench.figures import Aim, Figure, table
from tests.bench.options import Options

_RESPONDENTS = ("igc", "can", "iom")
_KB = 1000


def bench(options: Options) -> str:
    figures: list[Figure] = []
    with samples.opened(options.folder / "store.iscmdb") as workspace:
        for respondent in _RESPONDENTS:
            response = samples.respond(workspace, respondent)
            made = workspace.exports.export(response, options.folder / f"{respondent}.iscm")
            printed = workspace.documents.write_questionnaire(response, options.folder / f"{respondent}.pdf")
            figures += _figures(respondent, made.path, made.revisions, printed.path)
    return table("package: what travels by e-mail", figures)


def _figures(respondent: str, package: Path, revisions: int, pdf: Path) -> Iterator[Figure]:
    lines = zipfile.ZipFile(package).read("revisions.jsonl")
    compressed = len(zlib.compress(lines, 9)) / _KB
    size = package.stat().st_size / _KB
    aim = Aim(15) if respondent == "igc" else None
    yield Figure(f"{respondent}: package of {revisions} revisions", size, "KB", compressed, "zlib alone", aim)
    printed = pdf.stat().st_size / _KB
    aim = Aim(150) if respondent == "igc" else None
    yield Figure(
        f"{respondent}: completed questionnaire, and the package in it", printed + size, "KB", None, "", aim
    )
