"""On paper, where they are not shown, pictures and sounds of a form are named."""

from iscm_desktop.reports.documents.label_media_words import label_media_words
from iscm_desktop.summaries.document_language import DocumentLanguage
from tests.core.session.test_label_media import FORM
from tests.support.entering import entering


def test_files_of_a_question_and_of_its_choices_are_named() -> None:
    session = entering(FORM)
    words = label_media_words(session.view("best"), DocumentLanguage("en"))
    assert "The form has a picture here: so.png and so-large.png." in words
    assert "The form has a sound here: so.mp3." in words
    assert "The form has pictures of the choices: Yes (yes.png) and No (no.png)." in words
    assert label_media_words(session.view("none"), DocumentLanguage("en")) == ""
