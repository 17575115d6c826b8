"""Fills the section in view of a window over the accessibility bus, as assistive technology does: `python -m …`.

    python -m tests.support.bus_filler TEXT CHOICE TICK

Every text box that is a question gets TEXT, and of the choices those are toggled whose names begin with CHOICE and
TICK. Says how many it filled.
"""

from __future__ import annotations

import sys
import time

import xa11y

_TRIES = 60


def window() -> xa11y.App:
    for _try in range(_TRIES):
        found = [one for one in xa11y.App.list() if "iscm" in (one.name or "").lower()]
        if found and found[0].locator("radio_button").elements():
            return found[0]
        time.sleep(0.25)
    raise SystemExit("no window on the bus")


def main(text: str, *choices: str) -> None:
    app, filled = window(), 0
    for box in app.locator("text_field").elements():
        if (box.name or "").endswith("required"):
            box.set_value(text)
            filled += 1
    for role in ("radio_button", "check_box"):
        for each in app.locator(role).elements():
            if any((each.name or "").startswith(choice) for choice in choices):
                each.toggle()
                filled += 1
    sys.stdout.write(f"{filled}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
