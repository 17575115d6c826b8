"""Pictures: as large as they print well, beside the codes, never higher than half of the type area."""

from __future__ import annotations

from iscm_desktop.reports.typesetting import styles
from iscm_desktop.reports.typesetting.blocks import Picture
from iscm_desktop.reports.typesetting.page_rows import DrawnPicture, Row

_POINTS_A_PIXEL = 72 / 150
"""A small picture is not blown up: at least 150 pixels in an inch."""
_HIGHEST = (styles.PAGE_HEIGHT - styles.TOP - styles.BOTTOM) / 2


def picture(block: Picture) -> list[Row]:
    """One row, never parted; none for a picture without extent."""
    if block.width < 1 or block.height < 1:
        return []
    scale = min(_POINTS_A_PIXEL, (styles.WIDTH - styles.CODE_WIDTH) / block.width, _HIGHEST / block.height)
    width, height = block.width * scale, block.height * scale
    return [Row(height, [DrawnPicture(styles.CODE_WIDTH, 0, width, height, block.content)], gap=5.0)]
