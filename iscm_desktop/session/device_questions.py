"""Questions and appearances meant for telephones (camera, satellite, scanner, maps): here they are plain fields.

A sentence beside the field says what to write instead.
"""

from __future__ import annotations

from iscm_desktop.i18n import N_, _
from iscm_desktop.questionnaire.model import Kind, Question

_BY_KIND = {
    Kind.GEOPOINT: N_("This computer does not know where it is: write latitude and longitude in degrees."),
    Kind.GEOTRACE: N_(
        "A line cannot be drawn here: write its points as latitude and longitude, with semicolons between them."
    ),
    Kind.GEOSHAPE: N_(
        "An area cannot be drawn here: write its corners as latitude and longitude, with semicolons between them, "
        "and the first corner again at the end."
    ),
}
_RECORDINGS = {
    "image": N_("A picture cannot be taken here: take it with another device, then choose its file."),
    "audio": N_("Sound cannot be recorded here: record it with another device, then choose its file."),
    "video": N_("A film cannot be made here: make it with another device, then choose its file."),
}
_SIGNATURE = N_("A signature cannot be drawn here: sign on paper, then choose a picture of it.")
_BARCODE = N_("A bar code cannot be scanned here: type what is printed beside it.")
_OTHER_PROGRAM = N_("Another program would answer this on a telephone: type the answer here.")

_CALENDAR = N_("Other calendars cannot be shown here: write the date by the Gregorian calendar.")
_BY_APPEARANCE = {
    "image-map": N_("The picture cannot be pressed here: choose from the list."),
    "map": N_("There is no map here: choose from the list."),
    "bearing": N_("This computer has no compass: write the degrees, from 0 for north to 360."),
    "masked": N_("What is typed here can be read on the screen."),
} | dict.fromkeys(
    ("ethiopian", "coptic", "islamic", "bikram-sambat", "myanmar", "persian", "buddhist"), _CALENDAR
)
_BY_BEGINNING = {"ex": _OTHER_PROGRAM, "printer": N_("A label printer cannot be reached from here.")}
"""Of appearances that name a program: "ex:org.example.counter(…)"."""


def advice(question: Question) -> str:
    """What to write into the plain field; "" for questions that are answered here as anywhere."""
    if question.kind is Kind.ATTACHMENT:
        if "signature" in question.appearance:
            return _(_SIGNATURE)
        words = _RECORDINGS.get(question.parameters.get("mediatype", "").partition("/")[0])
        return _(words) if words else ""
    if question.kind in _BY_KIND:
        return _(_BY_KIND[question.kind])
    if question.bind.data_type == "barcode":
        return _(_BARCODE)
    if question.bind.data_type == "intent":
        return _(_OTHER_PROGRAM)
    for appearance in question.appearance:
        words = _BY_APPEARANCE.get(appearance) or _BY_BEGINNING.get(appearance.partition(":")[0])
        if words:
            return _(words)
    return ""
