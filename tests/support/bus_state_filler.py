"""Fills in a State's questionnaire over the accessibility bus from the first section to the sign-off: `python -m …`.

It knows of the window what is read out: roles, names, descriptions and states. What is asked it answers with the first
choice, or with a text that fits; of the mechanisms that are offered it takes over one. Says what it did.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator

import xa11y

from tests.support.bus_filler import window

_SECTIONS, _PASSES, _TRIES = 8, 12, 40
_REQUIRED = "required"
_done: list[str] = []


def text_for(name: str) -> str:
    """An answer of the kind that a question asks for."""
    fitting = {
        "e-mail": "anna@example.org",
        " Date": "1 March 2026",
        "Which State": "Chad",
        "themes": "Border management",
    }
    return next((text for words, text in fitting.items() if words in name), "Ministry of Interior")


def visible_parts(around: xa11y.App | xa11y.Element) -> Iterator[xa11y.Element]:
    """What can be seen, down from a part; what is hidden is not looked into."""
    for one in around.children():
        if one.visible:
            yield one
            yield from visible_parts(one)


def seen(app: xa11y.App, *roles: str) -> list[xa11y.Element]:
    return [one for one in visible_parts(app) if one.role in roles]


def within(group: xa11y.Element, role: str) -> list[xa11y.Element]:
    return [one for one in group.children() if one.role == role and one.visible]


def eventually(found: Callable[[], bool]) -> bool:
    for _try in range(_TRIES):
        if found():
            return True
        time.sleep(0.1)
    return False


def is_due(name: str) -> bool:
    """Whether a question has to be answered, and was not yet."""
    return name.endswith(_REQUIRED) and name not in _done


def answer_texts(app: xa11y.App) -> None:
    for box in seen(app, "text_field", "text_area"):
        name = box.name or ""
        if is_due(name) and (not box.value or "Which State" in name):
            _done.append(name)
            box.set_value(text_for(name))


def answer_groups(app: xa11y.App) -> None:
    """The first choice of each; the first that can be ranked."""
    for group in seen(app, "group"):
        choices = within(group, "radio_button") or within(group, "check_box")
        adders = within(group, "button")
        if is_due(group.name or "") and (choices or adders):
            _done.append(group.name)
            if choices:
                choices[0].toggle()
            else:
                adders[-1].press()


def take_over(app: xa11y.App) -> None:
    """One of the mechanisms that are offered."""
    offers = [one for one in seen(app, "button") if (one.name or "").startswith("Take over: ")]
    if offers and not any(name.startswith("Take over: ") for name in _done):
        _done.append(offers[0].name)
        offers[0].press()


def buttons(app: xa11y.App, beginning: str) -> list[xa11y.Element]:
    return [one for one in seen(app, "button") if (one.name or "").startswith(beginning)]


def press(app: xa11y.App, beginning: str) -> str:
    """Presses the button whose name begins so; "" where there is none."""
    found = buttons(app, beginning)
    if not found:
        return ""
    found[0].press()
    return found[0].name


def fill_section(app: xa11y.App) -> None:
    """Until nothing new is asked for: an answer may make questions of its own."""
    for _pass in range(_PASSES):
        before = len(_done)
        for part in (take_over, answer_texts, answer_groups):
            part(app)
        if len(_done) == before:
            return
        time.sleep(0.2)


def sign_off(app: xa11y.App) -> None:
    sys.stdout.write(f"{press(app, 'Review')}\n")
    named = {"Name": "Anna Berg", "Function": "Director"}

    def boxes() -> list[xa11y.Element]:
        return [one for one in seen(app, "text_field") if any(words in (one.name or "") for words in named)]

    eventually(lambda: bool(boxes()))
    for box in boxes():
        box.set_value(next(text for words, text in named.items() if words in (box.name or "")))
    eventually(lambda: any(one.enabled for one in buttons(app, "Sign off")))
    sys.stdout.write(f"{press(app, 'Sign off')}\n")
    eventually(lambda: not buttons(app, "Sign off"))


def main() -> None:
    app = window()
    for _section in range(_SECTIONS):
        fill_section(app)
        gone_to = press(app, "Next: ")
        sys.stdout.write(f"{gone_to}\n")
        if not gone_to:
            break
        time.sleep(0.4)
    sign_off(app)
    sys.stdout.write("\n".join(_done))


if __name__ == "__main__":
    main()
