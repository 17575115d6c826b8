"""Pictures, sounds and films beside labels of the form, named on paper: there they are not shown."""

from __future__ import annotations

from iscm_desktop.i18n import N_, joined
from iscm_desktop.questionnaire.attached_files import shown_name
from iscm_desktop.session.views import LabelMedia, QuestionView
from iscm_desktop.summaries.document_language import DocumentLanguage

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


def label_media_words(view: QuestionView, language: DocumentLanguage) -> str:
    """What goes with a question and its choices beside their words; "" where nothing does."""
    found = [
        language.gettext(words, names=joined(names, language.code))
        for form, words in _OF_QUESTION.items()
        if (names := _names(view.media, form))
    ]
    listed = [choice for choice in view.choices if choice.media]
    for form, words in _OF_CHOICES.items():
        named = [(choice.label, _names(choice.media, form)) for choice in listed]
        pairs = [f"{label} ({names[0]})" for label, names in named if names]
        if pairs:
            shown = pairs[:_MOST_NAMES] + (["…"] if len(pairs) > _MOST_NAMES else [])
            found.append(language.gettext(words, names=joined(shown, language.code)))
    return " ".join(found)


def _names(media: LabelMedia, form: str) -> list[str]:
    names = {"image": (media.image, media.big_image), "audio": (media.audio,), "video": (media.video,)}[form]
    return list(dict.fromkeys(shown_name(each) for each in names if each))
