"""Makes the `*-Signs.ttf` beside this file from the Noto fonts of Debian's fonts-noto-core: run once, by hand.

Each holds only the signs that Noto Sans lacks (arrows, operators, enclosed figures, box drawing, two brackets).
"""

from pathlib import Path

import uharfbuzz

NOTO = Path("/usr/share/fonts/truetype/noto")
SIGNS = {
    "NotoSansMath": [(0x2190, 0x22FF)],
    "NotoSansSymbols": [(0x2160, 0x2188), (0x2300, 0x24FF), (0x2600, 0x26FF)],
    "NotoSansSymbols2": [(0x25A0, 0x25FF), (0x2600, 0x27BF)],
    "NotoSansMono": [(0x2500, 0x257F)],
    "NotoSansYi": [(0x3008, 0x3009)],
}


def subset(name: str, ranges: list[tuple[int, int]]) -> bytes:
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(NOTO / f"{name}-Regular.ttf")))
    wanted = uharfbuzz.SubsetInput()
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    for first, last in ranges:
        for code in range(first, last + 1):
            wanted.unicode_set.add(code)
    return uharfbuzz.subset(face, wanted).blob.data


if __name__ == "__main__":
    for name, ranges in SIGNS.items():
        Path(__file__).with_name(f"{name}-Signs.ttf").write_bytes(subset(name, ranges))
