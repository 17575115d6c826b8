"""Long texts: how long they are beside what is advised, what a paste makes of another program's text, and finding.

Nothing is ever cut here: what is too long is said to be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from iscm_desktop.i18n import _, ngettext, shown_number

_SYLLABLE_SIGN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORDS = re.compile(rf"[{_SYLLABLE_SIGN}]|[^\W_{_SYLLABLE_SIGN}]+(?:['’.,\-\u2011][^\W_{_SYLLABLE_SIGN}]+)*")

MOST_FOUND = 10_000

_LONGEST_MARKUP = 4_000_000
"""Beyond so many letters the plain text is taken, which every program lays beside its markup."""


def count_words(text: str) -> int:
    """Words as people count them: "co-operation", "1,250" and "l'État" are one each; of Chinese each sign is."""
    return len(_WORDS.findall(text))


def length_words(text: str, limit: int | None, advised: int | None) -> tuple[str, bool]:
    """How long a text is, for a line beneath it, and whether that is too long.

    Args:
        limit: Characters that the form allows; None for any number.
        advised: Words that the form advises; None where it does not.
    """
    words, letters = count_words(text), len(text)
    if advised is not None:
        told = ngettext("{count} word of {limit}", "{count} words of {limit}", words)
    else:
        told = ngettext("{count} word", "{count} words", words)
    parts = [told.format(count=shown_number(words), limit=shown_number(advised or 0))]
    if limit is not None:
        characters = _("{count} of {limit} characters")
        parts.append(characters.format(count=shown_number(letters), limit=shown_number(limit)))
    sentence = " · ".join(parts)
    over = letters - limit if limit is not None else 0
    if over > 0:
        too_many = ngettext("{count} too many", "{count} too many", over).format(count=shown_number(over))
        shorten = _("{counter}: {too_many}. Nothing is cut; please shorten the text.")
        return shorten.format(counter=sentence, too_many=too_many), True
    if advised is not None and words > advised:
        longer = _("{counter}: longer than advised. Nothing is cut.")
        return longer.format(counter=sentence), True
    return sentence, False


# what another program's text becomes

_SIGNS = str.maketrans(
    {
        "\x0b": "\n",  # Word's line break within a paragraph
        "\x0c": "\n",
        "\x85": "\n",
        "\u2028": "\n",
        "\u2029": "\n",
        "\x07": "\t",  # Word's end of a cell
        "\x1e": "\u2011",  # its hyphen that does not break
        "\x1f": None,  # and the one that only breaks
        "\u00ad": None,
        "\ufeff": None,
        "\u200b": None,
        "\ufffc": None,  # a picture
        "\uf0b7": "•",  # bullets of the font Symbol and of Wingdings
        "\uf0a7": "•",
        "\uf0d8": "•",
        "\uf0fc": "•",
        "\uf076": "•",
    }
)
_BULLET = re.compile(r"^([ \t]*)(?:([•·▪◦‣§*\-–])[ \t\u00a0]+|(o)\t)(?=\S)", re.MULTILINE)
_KEPT_BULLETS = "-–"
_BLANK_LINES = re.compile(r"\n{3,}")


def plain_prose(text: str) -> str:
    """Text from the clipboard without another program's marks; quotation marks stay, bullets are "•" as text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_SIGNS)
    text = _BULLET.sub(_bullet, text)
    return _BLANK_LINES.sub("\n\n", text)


def _bullet(found: re.Match[str]) -> str:
    sign = found[2] if found[2] and found[2] in _KEPT_BULLETS else "•"
    return f"{found[1]}{sign} "


def prose_of(html: str, text: str) -> str:
    """What is pasted of a piece that comes as markup, as plain text, or as both.

    Plain text is taken as it is, unless markup has lists or tables that it leaves out, as browsers do.
    """
    has_shape = len(html) <= _LONGEST_MARKUP and re.search(r"<(li|tr)\b", html, re.IGNORECASE)
    if html and (not text or has_shape):
        return plain_prose(_markup_text(html)).strip("\n")
    return plain_prose(text)


def _markup_text(html: str) -> str:
    reader = _MarkupReader()
    reader.feed(html)
    reader.close()
    return reader.text


class _MarkupReader(HTMLParser):
    """Paragraphs as lines, items of lists with their bullet or number, rows of tables with tabs between cells."""

    _BLOCKS = frozenset(
        {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "ul", "ol", "table", "blockquote"}
    )
    _HIDDEN = frozenset({"style", "script", "head", "title", "xml"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._lists: list[int] = []  # the number of the next item; 0 for bullets
        self._hidden = self._cells = self._in_cell = 0

    @property
    def text(self) -> str:
        """What was read so far."""
        return "".join(self._parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._HIDDEN:
            self._hidden += 1
        elif tag == "br":
            self._parts.append(" " if self._in_cell else "\n")
        elif tag in ("ul", "ol"):
            self._begin_line()
            self._lists.append(1 if tag == "ol" else 0)
        elif tag == "li":
            self._begin_line()
            self._parts.append(self._item_sign())
        elif tag == "tr":
            self._begin_line()
            self._cells = 0
        elif tag in ("td", "th"):
            if self._cells:
                self._strip()
                self._parts.append("\t")
            self._cells += 1
            self._in_cell += 1
        elif tag in self._BLOCKS and not self._in_cell:
            self._begin_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            self._begin_line()
        elif tag in ("td", "th"):
            self._in_cell = max(0, self._in_cell - 1)
        elif tag in self._BLOCKS and self._in_cell:
            self._parts.append(" ")
        elif tag in self._BLOCKS:
            self._begin_line()

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        words = re.sub(r"[ \t\r\n]+", " ", data)
        if not self._parts or self._parts[-1].endswith(("\n", "\t", " ")):
            words = words.lstrip(" ")
        if words:
            self._parts.append(words)

    def _begin_line(self) -> None:
        self._strip()
        if self._parts and not self._parts[-1].endswith("\n"):
            self._parts.append("\n")

    def _strip(self) -> None:
        """Without blanks at the end of a line or cell."""
        while self._parts and self._parts[-1].endswith(" "):
            self._parts[-1] = self._parts[-1].rstrip(" ")
            if not self._parts[-1]:
                self._parts.pop()

    def _item_sign(self) -> str:
        number = self._lists[-1] if self._lists else 0
        if number:
            self._lists[-1] += 1
        return "  " * max(0, len(self._lists) - 1) + (f"{number}. " if number else "• ")


# finding and replacing


def places_of(sought: str, text: str, *, is_exact: bool) -> list[int]:
    """Where `sought` begins, without overlaps; whatever its case unless `is_exact`. At most MOST_FOUND places."""
    return [found.start() for found in _found(sought, text, is_exact=is_exact)]


def replaced(sought: str, text: str, by: str, *, is_exact: bool) -> tuple[str, int]:
    """The text with every `sought` replaced, and how many there were."""
    count, parts, at = 0, list[str](), 0
    for found in _found(sought, text, is_exact=is_exact):
        parts += [text[at : found.start()], by]
        at = found.end()
        count += 1
    return "".join([*parts, text[at:]]), count


def _found(sought: str, text: str, *, is_exact: bool) -> Iterator[re.Match[str]]:
    if not sought:
        return
    pattern = re.compile(re.escape(sought), 0 if is_exact else re.IGNORECASE)
    for number, found in enumerate(pattern.finditer(text)):
        if number >= MOST_FOUND:
            return
        yield found
