"""S-95  Pictures, sounds and films of a form are named at their question, by file name only."""

from tests.support.entering import entering

FORM = """
| survey |
|  | type          | name | label     | media::image | media::audio |
|  | select_one yn | best | Is it so? | so.png       | ../../so.mp3 |
|  | select_one no | none | And this? |              |              |
| choices |
|  | list_name | name | label | media::image |
|  | yn        | yes  | Yes   | yes.png      |
|  | yn        | no   | No    | no.png       |
|  | no        | a    | Any   |              |
"""


def test_what_goes_with_labels_is_named() -> None:
    """S-95"""
    hint = entering(FORM).view("best").hint
    assert "The form has a picture here: so.png." in hint
    assert "The form has a sound here: so.mp3." in hint
    assert "/" not in hint
    assert "The form has pictures of the choices: Yes (yes.png) and No (no.png)." in hint


def test_nothing_is_said_where_there_is_nothing() -> None:
    """S-95"""
    assert entering(FORM).view("none").hint == ""
