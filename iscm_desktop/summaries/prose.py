"""Respondents' own words, made fit to stand in print without changing what they say."""

import re

from iscm_desktop.summaries.markup import escaped

_NOTHING = frozenset(
    {"none", "nil", "no", "n/a", "na", "not applicable", "nothing", "there is none", "there are none"}
    | {"aucun", "aucune", "néant", "sans objet", "non"}
    | {"ninguno", "ninguna", "nada", "no aplica"}
    | {"нет", "не применимо", "无", "没有", "لا يوجد", "لا"}
)
"""What people write into a box to say that there is nothing to say."""

_BULLET = re.compile(r"[-–—•*·]\s|\d{1,2}[.)]\s")
_ABBREVIATION = re.compile(r"\.\.$|\b(etc|Inc|Ltd|Co|Corp|Jr|Sr|St|No|al|\w\.\w)\.$")
_ENDS = ".!?…。！？؟۔।"
_CLOSERS = "\"'”’»)]"

_OPENINGS = frozenset(
    re.findall(
        r"\w+",
        """
        a an the this that these those it its they their there we our in on at by for from with through during
        after since before as when while both all some most many several each one two three no not
        access adoption adopted annual better closer common contribution contributions cooperation creation
        decision development dialogue discussion discussions easier enlargement exchange exchanges expansion
        expert extension first formal global guidance help helped informal information joint launch meeting
        meetings members merger national new officials open opening opportunities opportunity participation
        policies policy possibilities possibility practical recommendation recommendations reform regional
        regular reorganization restructuring review reviews revision second shared solution solutions start
        strategic studies study support training visits working
        """,
    )
)
"""English words that open a sentence without being a name, so that they may be lower case after a colon."""


def paragraphs(text: str) -> tuple[str, ...]:
    """The text as typed, in clean paragraphs, each ending like a sentence; () where it says "none".

    A blank line parts paragraphs. A single line break does where a sentence or a list item ends there;
    elsewhere it is a leftover of e-mail and becomes a space.
    """
    blocks: list[str] = []
    is_open = False  # the last block may go on in the next line
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        stripped = " ".join(line.split())
        if not stripped:
            is_open = False
            continue
        if is_open and not _BULLET.match(stripped):
            blocks[-1] += f" {stripped}"
        else:
            blocks.append(stripped)
        is_open = not blocks[-1].rstrip(_CLOSERS).endswith(tuple(_ENDS + ":;"))
    if is_nothing(" ".join(blocks)):
        return ()
    return tuple(_finished(escaped(block)) for block in blocks)


def fragment(text: str) -> str:
    """The text as a piece of a sentence: on one line, without a stop at its end; "" where it says "none"."""
    line = " ".join(text.split()).rstrip()
    if is_nothing(line):
        return ""
    cut = line.rstrip(",;:")
    if cut.endswith(".") and not _ABBREVIATION.search(cut):
        cut = cut[:-1]
    return escaped(cut.rstrip())


def is_nothing(text: str) -> bool:
    """Whether the text only says that there is nothing."""
    return not (bare := text.strip(" .,;:!-–—\t\n").casefold()) or bare in _NOTHING


def capital(text: str) -> str:
    """Upper case for the first letter; names such as "eu-LISA" or "iCount" keep their own."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    if not first.islower():
        return text
    return text[0].upper() + text[1:]


def inside(text: str) -> str:
    """Lower case for the first letter of a text that follows a colon, unless it may be a name."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    if first[:1].isupper() and first.rstrip(".,;:").lower() in _OPENINGS:
        return text[0].lower() + text[1:]
    return text


def sentence_key(text: str) -> str:
    """What two people said alike has the same key, whatever the spacing, case and final stop."""
    return " ".join(text.split()).casefold().rstrip(" .!")


def _finished(text: str) -> str:
    body = text.rstrip(" ,;:")
    if not body or body.rstrip(_CLOSERS).endswith(tuple(_ENDS)):
        return capital(body)
    return capital(body + ".")
