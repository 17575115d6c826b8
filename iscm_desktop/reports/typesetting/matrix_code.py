"""QR codes: squares that a camera reads, drawn as runs of dark modules."""

from __future__ import annotations

from itertools import groupby

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from iscm_desktop.reports.typesetting import styles
from iscm_desktop.reports.typesetting.blocks import MatrixCode
from iscm_desktop.reports.typesetting.line_setter import LineSetter
from iscm_desktop.reports.typesetting.page_rows import DrawnRule, Row

MOST = 2953
"""Bytes in a code at most, with the least redundancy."""
_MOST_FIRM = 2331
"""So many fit with redundancy enough for paper that was folded."""

_SIDE = 270.0  # points: a module of the largest code is half a millimetre
_QUIET = 4  # modules of white on each side; the standard asks for them


def matrix_code(setter: LineSetter, block: MatrixCode) -> list[Row]:
    """One row, never parted. A code looks the same whichever way the page runs."""
    dark = modules(block.text)
    module = _SIDE / (len(dark) + 2 * _QUIET)
    row = Row(_SIDE, gap=6.0)
    for line, cells in enumerate(dark):
        at = 0
        for is_dark, run in groupby(cells):
            length = len(list(run))
            if is_dark:
                x, width = (_QUIET + at) * module, length * module
                if (
                    setter.document.direction == "rtl"
                ):  # the pen mirrors it, and a mirrored code reads as nothing
                    x = _SIDE - x - width
                row.paints.append(DrawnRule(x, (_QUIET + line + 0.5) * module, width, styles.INK, module))
            at += length
    return [row]


def modules(text: str) -> list[list[bool]]:
    """The code row by row; True is dark.

    Raises:
        ValueError: the text has more than `MOST` bytes.
    """
    size = len(text.encode())
    if size > MOST:
        raise ValueError(f"{size} bytes do not fit into a code")
    level = QRErrorCorrectLevel.M if size <= _MOST_FIRM else QRErrorCorrectLevel.L
    code = QRCode(None, level)
    code.addData(text)
    code.make()
    count = code.getModuleCount()
    return [[bool(code.isDark(row, column)) for column in range(count)] for row in range(count)]
