"""Printing, beside the same flowables by plain ReportLab and, where it is installed, HTML by WeasyPrint."""

from __future__ import annotations

import html
import importlib.util
import statistics
from collections.abc import Callable, Iterator
from typing import Any

from iscm_desktop.reports.typesetting.blocks import Document, Heading, LabelledBlock, Paragraph, Table, plain
from iscm_desktop.reports.typesetting.pdf_printer import render
from tests.bench import contents, platypus, timing
from tests.bench.figures import Aim, Figure, table, times
from tests.bench.options import Options

_RUNS = 9


def bench(options: Options) -> str:
    made: dict[str, Callable[[], Document]] = {
        "summary of the IGC": contents.summary,
        "completed questionnaire of the IGC": lambda: contents.questionnaire("igc"),
        "completed questionnaire of Canada": lambda: contents.questionnaire("can"),
    }
    figures = [figure for name, make in made.items() for figure in _figures(name, make)]
    figures.append(_cold())
    note = "WeasyPrint is not installed here." if not _has_weasyprint() else ""
    return table("documents", figures, (f"Median of {_RUNS} runs in turns, warm.", note))


def _cold() -> Figure:
    """The first document after a start: libraries imported, fonts opened, nothing shaped before."""
    found: dict[str, list[float]] = {"ours": [], "plain": []}
    for _ in range(5):
        for which, times_ in found.items():
            times_.append(timing.child("first_document", which))
    ours, theirs = (statistics.median(times_) for times_ in found.values())
    return Figure(
        "first summary after a start, imports included", ours, "ms", theirs, "plain ReportLab", times(1.5)
    )


def _figures(name: str, make: Callable[[], Document]) -> Iterator[Figure]:
    document = make()
    pages = render(document).pages
    platypus.printed(document)
    ours, theirs, said = timing.medians(
        [lambda: render(document), lambda: platypus.printed(document), make], _RUNS
    )
    yield Figure(f"{name}, {pages} pages", ours, "ms", theirs, "plain ReportLab", times(1.5))
    if _has_weasyprint():
        other = timing.medians([lambda: _by_weasyprint(document)], 3)[0]
        yield Figure(f"{name}", ours, "ms", other, "WeasyPrint", Aim(1 / 3, is_ratio=True))
    yield Figure("  its contents, from answers to blocks", said, "ms")


def _has_weasyprint() -> bool:
    return importlib.util.find_spec("weasyprint") is not None


def _by_weasyprint(document: Document) -> bytes:
    import weasyprint

    printed: Any = weasyprint.HTML(string="".join(map(_html, document.blocks))).write_pdf()
    return bytes(printed)


def _html(block: object) -> str:
    match block:
        case Paragraph():
            return f"<p>{html.escape(plain(block.text))}</p>"
        case Heading():
            return f"<h{block.level}>{html.escape(plain(block.text))}</h{block.level}>"
        case LabelledBlock():
            items = block.content.items if not isinstance(block.content, tuple) else (block.content,)
            answer = "".join(f"<p>{html.escape(plain(item))}</p>" for item in items)
            return f"<h3>{html.escape(plain(block.label))}</h3>{answer}"
        case Table():
            rows = ("".join(f"<td>{html.escape(plain(cell))}</td>" for cell in row) for row in block.rows)
            return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
        case _:
            return ""
