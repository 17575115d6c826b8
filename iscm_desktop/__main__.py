"""`iscm-desktop` and `python -m iscm_desktop`: opens the window. The only way from here to Qt."""

import argparse
import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from iscm_desktop.i18n import spoken_languages
from iscm_desktop.private_files import keep_new_files_private


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads the command line and runs the window until it is closed."""
    parser = argparse.ArgumentParser(
        prog="iscm-desktop",
        description="Fill in, merge and publish the assessment of inter-State consultation mechanisms.",
        epilog="Everything that the window does can be done without a screen: see `iscm --help`.",
    )
    parser.add_argument("--store", metavar="PATH", help="the store to open instead of your own")
    parser.add_argument("--language", choices=spoken_languages(), help="language of the window, for this run")
    parser.add_argument(
        "named", metavar="FILE", type=Path, nargs="*", help="files to open, whatever they are"
    )
    parser.add_argument(
        "--open", dest="files", metavar="FILE", type=Path, nargs="+", default=[], help="likewise"
    )
    parser.add_argument(
        "--self-check",
        action="store_true",
        help="open every page of the window once, without a screen, and end",
    )
    chosen = parser.parse_args(arguments)
    keep_new_files_private()
    if chosen.self_check:
        from ui.window_check import check_window

        return check_window()
    gc.disable()  # a tenth of the start: nothing made by importing is garbage; the window turns it on again
    from ui.app import run

    return run(store=chosen.store, language=chosen.language, files=[*chosen.named, *chosen.files])


if __name__ == "__main__":
    sys.exit(main())
