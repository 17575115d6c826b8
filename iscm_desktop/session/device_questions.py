"""Questions that other devices answer by camera, microphone, satellite or scanner: here they are plain fields.

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
_FILE = N_("A file cannot be attached here: write its name, and send the file along with your answers.")
_RECORDINGS = {
    "image": N_("A picture cannot be taken here: write the name of its file, and send it with your answers."),
    "audio": N_("Sound cannot be recorded here: write the name of its file, and send it with your answers."),
    "video": N_("A film cannot be made here: write the name of its file, and send it with your answers."),
}
_BARCODE = N_("A bar code cannot be scanned here: type what is printed beside it.")
_OTHER_PROGRAM = N_("Another program would answer this on a telephone: type the answer here.")


def advice(question: Question) -> str:
    """What to write into the plain field; "" for questions that are answered here as anywhere."""
    if question.kind is Kind.ATTACHMENT:
        medium = question.parameters.get("mediatype", "").partition("/")[0]
        return _(_RECORDINGS.get(medium, _FILE))
    if question.kind in _BY_KIND:
        return _(_BY_KIND[question.kind])
    if question.bind.data_type == "barcode":
        return _(_BARCODE)
    if question.bind.data_type == "intent":
        return _(_OTHER_PROGRAM)
    for appearance in question.appearance:
        if appearance.startswith("ex:"):
            return _(_OTHER_PROGRAM)
    return ""
