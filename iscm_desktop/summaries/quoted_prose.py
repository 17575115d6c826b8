"""Respondents' own words, made fit to stand in print without changing what they say."""

import re

from iscm_desktop.summaries.text_markup import escaped

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

_ALWAYS = frozenset(
    re.findall(
        r"\w+",
        """
        a about after all also although among an and as at because before being between both but by during
        each every few for from had has having how if in into is it its less many more most no not of on one
        our over several since so some such than thanks that the their there these they this those three
        through to together towards two under until we what when where which while who with within without
        """,
    )
)
_MOSTLY = frozenset(
    re.findall(
        r"\w+",
        """
        academic access adoption adopted advice agencies agency agreement agreements annual became began
        better building change changed changes civil closer common companies contribution contributions
        cooperation created creation crisis data decision development dialogue discussion discussions drafting
        easier embassies end ended enlargement established events exchange exchanges expansion expert experts
        extension first formal forums founded funding further general global good governments greater guidance
        help helped helping high hosting inclusion informal information internship internships introduction
        invitation joined joint large launch launched learning left legal local main meeting meetings members
        merged merger migration ministerial model monthly mutual national network networks new officials open
        opened opening opportunities opportunity organizations participation partners policies policy
        political possibilities possibility practical private project projects public recommendation
        recommendations reform regional regular renamed reorganization reports representatives research
        restructured restructuring review reviewed reviews revised revision second seminars senior shared
        sharing small solution solutions staff start started strategic students studies study support talks
        technical thematic tied training universities use various visits work working workshops yearly
        """,
    )
)
"""English words that open a sentence without being a name, so that they may be lower case after a colon: the
first kind always, the second unless a capital follows, as in "Regional Conference"."""


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
    *before, last = map(escaped, blocks)
    return (*(_finished(block, may_lead_in=True) for block in before), _finished(last))


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
    upper = text[0].upper()
    # Some letters have no capital of their own: that of a dotless i is the capital of i, another letter.
    return upper + text[1:] if upper.lower() == text[0].lower() else text


def inside(text: str) -> str:
    """Lower case for the first letter of a text that goes on in a sentence, unless it may be a name."""
    first, second, *_ = [*text.split(maxsplit=2), "", ""]
    if len(first) > 1 and first.isupper():
        return text
    word = first.rstrip(".,;:").lower()
    is_ordinary = word in _ALWAYS or (word in _MOSTLY and not second[:1].isupper())
    return text[0].lower() + text[1:] if first[:1].isupper() and is_ordinary else text


def bracketed(name: str, details: str) -> str:
    """ "name (details)"; brackets that the name ends in take the details up."""
    if not details:
        return name
    return f"{name[:-1]}; {details})" if name.endswith(")") and "(" in name else f"{name} ({details})"


def sentence_key(text: str) -> str:
    """What two people said alike has the same key, whatever the spacing, case and final stop."""
    return " ".join(text.split()).casefold().rstrip(" .!")


def _finished(text: str, *, may_lead_in: bool = False) -> str:
    """`text` as a sentence; before a list it may end in a colon."""
    if may_lead_in and text.endswith(":"):
        return capital(text)
    body = text.rstrip(" ,;:")
    if not body or body.rstrip(_CLOSERS).endswith(tuple(_ENDS)):
        return capital(body)
    return capital(body + ".")
