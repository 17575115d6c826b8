"""Pictures, sounds and films that go with a form's labels, named in a sentence: their files stay with the form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from iscm_desktop.i18n import N_, _, joined
from iscm_desktop.questionnaire.model import Choice, Question, Translations

_OF_QUESTION = {
    "image": N_("The form has a picture here: {names}."),
    "audio": N_("The form has a sound here: {names}."),
    "video": N_("The form has a film here: {names}."),
}
_OF_CHOICES = {
    "image": N_("The form has pictures of the choices: {names}."),
    "audio": N_("The form has sounds for the choices: {names}."),
    "video": N_("The form has films for the choices: {names}."),
}
_MOST_NAMES = 8
_LONGEST_NAME = 80


def media_words(question: Question, choices: Iterable[Choice], worded: Callable[[Translations], str]) -> str:
    """What goes with a question and its choices beside their words; "" where nothing does.

    Args:
        worded: Writes a text of the form in the language of the response.
    """
    found = [
        _(words).format(names=joined(names))
        for form, words in _OF_QUESTION.items()
        if (names := _names(question.media, form, worded))
    ]
    listed = [choice for choice in choices if choice.media]
    for form, words in _OF_CHOICES.items():
        named = [(worded(each.label) or each.value, _names(each.media, form, worded)) for each in listed]
        pairs = [f"{label} ({names[0]})" for label, names in named if names]
        if pairs:
            shown = pairs[:_MOST_NAMES] + (["…"] if len(pairs) > _MOST_NAMES else [])
            found.append(_(words).format(names=joined(shown)))
    return " ".join(found)


def _names(media: Mapping[str, Translations], form: str, worded: Callable[[Translations], str]) -> list[str]:
    """The names of the files, without the way to them."""
    references = (worded(media.get(each, {})) for each in (form, f"big-{form}"))
    names = (each.replace("\\", "/").rpartition("/")[2][:_LONGEST_NAME] for each in references if each)
    return list(dict.fromkeys(filter(None, names)))
