"""S-95  Pictures, sounds and films of a form stand with their label, by file name only, in the session's language."""

from iscm_desktop.session.views import NO_MEDIA, LabelMedia
from tests.support.entering import entering

FORM = """
| survey |
|  | type          | name | label::English (en) | label::Français (fr) | media::image::English (en) | media::image::Français (fr) | media::audio::English (en) | media::big-image::English (en) |
|  | select_one yn | best | Is it so?           | Est-ce vrai ?        | so.png                     | si.png                      | ../../so.mp3               | so-large.png                   |
|  | select_one no | none | And this?           | Et ceci ?            |                            |                             |                            |                                |
| choices |
|  | list_name | name | label::English (en) | label::Français (fr) | media::image::English (en) | media::image::Français (fr) |
|  | yn        | yes  | Yes                 | Oui                  | yes.png                    | oui.png                     |
|  | yn        | no   | No                  | Non                  | no.png                     |                             |
|  | no        | a    | Any                 | Tout                 |                            |                             |
| settings |
|  | default_language |
|  | English (en)     |
"""  # noqa: E501


def test_what_goes_with_labels_is_named_without_folders() -> None:
    """S-95"""
    view = entering(FORM).view("best")
    assert view.media == LabelMedia("so.png", "so-large.png", "so.mp3")
    assert [choice.media.image for choice in view.choices] == ["yes.png", "no.png"]
    assert view.hint == ""


def test_another_language_has_its_own_files_and_else_those_of_the_form() -> None:
    """S-95"""
    session = entering(FORM)
    session.language = "fr"
    view = session.view("best")
    assert (view.media.image, view.media.audio) == ("si.png", "so.mp3")
    assert [choice.media.image for choice in view.choices] == ["oui.png", "no.png"]


def test_nothing_is_there_where_the_form_has_nothing() -> None:
    """S-95"""
    view = entering(FORM).view("none")
    assert view.media is NO_MEDIA
    assert not any(choice.media for choice in view.choices)
