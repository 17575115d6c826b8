"""A form written into the test, as a Markdown table or as an XForm, and a session that enters answers into it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache

from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire, compiled, load_compiled
from iscm_desktop.questionnaire.reading.xform import read_xform
from iscm_desktop.questionnaire.reading.xlsform import from_markdown
from iscm_desktop.session.form_session import FormSession

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


@lru_cache(maxsize=64)
def questionnaire(form: str) -> Questionnaire:
    """The questionnaire of an XLSForm in Markdown, taken through its compiled form as a shipped one is."""
    return load_compiled(compiled(from_markdown(form)))


def entering(
    form: str | Questionnaire,
    answers: Mapping[str, str] | None = None,
    entries: Mapping[str, Sequence[str]] | None = None,
    *,
    language: str | None = None,
    now: datetime = NOW,
    is_new: bool | None = None,
) -> FormSession:
    """A session over a form, new or with stored answers. Its clock stands still; its entries are e1, e2, …"""
    numbers = itertools.count(1)
    return FormSession(
        questionnaire(form) if isinstance(form, str) else form,
        language=language,
        answers=answers or {},
        entries=entries or {},
        clock=lambda: now,
        new_entry_id=lambda: f"e{next(numbers)}",
        is_new=is_new,
    )


def xform(model: str, body: str, data: str, extra: str = "") -> FormSession:
    """A session over an XForm, as programs other than pyxform write it."""
    form = read_xform(
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
        'xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Form</h:title><model>'
        f'<instance><data id="form">{data}</data></instance>{extra}{model}</model></h:head>'
        f"<h:body>{body}</h:body></h:html>"
    )
    return FormSession(form, clock=lambda: NOW)
