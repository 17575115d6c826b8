"""Short digests of answers, so that an edited text can tell which answers changed since it was edited."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from iscm_desktop.summaries.summary import AnswerSource

_LENGTH = 12
"""Hexadecimal digits kept: far more than the few hundred answers of a summary need."""


def drafted_from(sources: Iterable[AnswerSource]) -> str:
    """What a text rests on: "where:what" for each answer, in a fixed order."""
    return " ".join(sorted(f"{_where(source)}:{_what(source)}" for source in sources))


def remembered(text: str) -> Mapping[str, str]:
    """The inverse of `drafted_from`: digests of the answers by digests of their places."""
    return dict(pair.partition(":")[::2] for pair in text.split())


def is_changed(source: AnswerSource, before: Mapping[str, str]) -> bool:
    """Whether the answer is new or another than it was `before`."""
    return before.get(_where(source)) != _what(source)


def has_lost(sources: Iterable[AnswerSource], before: Mapping[str, str]) -> bool:
    """Whether an answer that was there `before` is gone."""
    return bool(before.keys() - {_where(source) for source in sources})


def _where(source: AnswerSource) -> str:
    return _short(f"{source.response_id}\n{source.path}")


def _what(source: AnswerSource) -> str:
    return _short(source.text)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]
