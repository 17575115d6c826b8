"""A child process that reads one workbook: by us, and by pyxform alone.

    python -m tests.bench.one_workbook FILE

Everything is imported before the clock starts; no expression of the form has been compiled then.
"""

import sys
import warnings
from pathlib import Path

from pyxform.xls2xform import convert

from iscm_desktop.questionnaire.reading.xlsform import from_markdown, read_xlsform
from tests.bench import timing

_SMALL = """
| survey |      |      |       |
|        | type | name | label |
|        | text | a    | A     |
"""


def main(file: str) -> None:
    warnings.simplefilter("ignore")  # openpyxl on styles of other people's workbooks
    from_markdown(_SMALL)
    ours = timing.seconds(lambda: read_xlsform(Path(file))) * 1000
    plain = timing.seconds(lambda: convert(Path(file))) * 1000
    timing.answer({"ours": ours, "pyxform": plain})


if __name__ == "__main__":
    main(sys.argv[1])
