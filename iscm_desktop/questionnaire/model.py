"""The questionnaire as the program uses it: frozen, compiled once from a workbook, free of answers.

Responsible for what is asked, in which order, under which rules, and which part of the summary each answer
feeds. Leaves reading workbooks to `xlsform` and `xform`, and everything about one respondent to `session`.
"""

from __future__ import annotations

from enum import Enum

import msgspec

from iscm_desktop.questionnaire.form_paths import TemplatePath, last_name
from iscm_desktop.questionnaire.own_attributes import NOTHING_SAID, OwnAttributes

Language = str
"""A language as the form names it: "English (en)", or "default" where the form has one language only."""


class Kind(Enum):
    """What a question takes; one value per widget and per way of reading typed text."""

    TEXT = "text"
    LONG_TEXT = "long_text"  # XLSForm text with appearance "multiline"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TIME = "time"
    DATE_TIME = "datetime"
    EMAIL = "email"  # XLSForm text with bind::iscm:format "email"
    URL = "url"  # XLSForm text with bind::iscm:format "url"
    PERIOD = "period"  # XLSForm text with bind::iscm:format "period"
    SELECT_ONE = "select_one"
    SELECT_MANY = "select_multiple"
    SCALE = "scale"  # select_one with appearance "likert"
    RANKING = "rank"
    TERRITORY = "territory"  # select_one from the list of territories: type-ahead
    RANGE = "range"
    NOTE = "note"
    ACKNOWLEDGE = "acknowledge"
    GEOPOINT = "geopoint"
    GEOTRACE = "geotrace"  # points along a line
    GEOSHAPE = "geoshape"  # points around an area, the last the same as the first
    ATTACHMENT = "attachment"
    CALCULATED = "calculated"  # in the model only; nobody types it
    OTHER = "other"  # a kind that makes no sense on a desktop: taken as plain text

    @property
    def is_shown(self) -> bool:
        """Whether people get to see it; all but calculations."""
        return self is not Kind.CALCULATED

    @property
    def is_answered(self) -> bool:
        """Whether a person gives the answer, so that progress counts it."""
        return self not in (Kind.CALCULATED, Kind.NOTE)

    @property
    def has_one_choice(self) -> bool:
        """Whether its value is one of its choices."""
        return self in (Kind.SELECT_ONE, Kind.SCALE, Kind.TERRITORY)

    @property
    def has_many_choices(self) -> bool:
        """Whether its value is a tuple of its choices."""
        return self in (Kind.SELECT_MANY, Kind.RANKING)


class Output(msgspec.Struct, frozen=True, tag="output"):
    """A value shown inside a label: the XPath expression to show."""

    expression: str


Text = tuple[str | Output, ...]
"""A label or message: literal pieces and values to fill in, in order."""

Translations = dict[Language, Text]
"""One text in each language of the form; a language that lacks it is absent."""


class Choice(msgspec.Struct, frozen=True, omit_defaults=True):
    """One coded answer of a choice list."""

    value: str
    label: Translations
    columns: dict[str, str] = {}
    """Extra columns of the choices sheet: for choice filters, and `phrase`, the wording inside a sentence."""
    media: dict[str, Translations] = {}  # file names by form: image, audio, video, big-image


class Itemset(msgspec.Struct, frozen=True):
    """Choices that an expression finds: filtered, from a file, from a repeat's entries, in random order."""

    nodeset: str  # XPath of the choices' nodes, from the question
    value: str  # XPath of the value, from such a node
    label: str  # XPath of the label, from such a node


class Bind(msgspec.Struct, frozen=True, omit_defaults=True):
    """Rules of one node, as XPath texts; "" where the form has none."""

    relevant: str = ""
    constraint: str = ""
    required: str = ""
    calculate: str = ""
    read_only: str = ""
    constraint_message: Translations = {}
    required_message: Translations = {}
    data_type: str = "string"
    own: OwnAttributes = NOTHING_SAID
    preload: str = (
        ""  # what the program fills in: "timestamp start", "date today", "property username", "uid"
    )
    max_pixels: int | None = None  # of the longer edge of a picture; None: as many as it has


class Question(msgspec.Struct, frozen=True, tag="question", omit_defaults=True):
    """An item asked, or calculated."""

    path: TemplatePath
    kind: Kind
    bind: Bind
    label: Translations = {}
    hint: Translations = {}
    guidance: Translations = {}
    appearance: tuple[str, ...] = ()
    choice_list: str = ""  # key of Questionnaire.choice_lists; "" for questions without choices
    choice_filter: str = ""  # XPath predicate over the choices' columns
    itemset: Itemset | None = None  # how choices are found, where the whole list is not simply offered
    parameters: dict[str, str] = {}  # range start/end/step, rows, mediatype…
    default: str = ""
    dynamic_default: str = ""  # XPath evaluated when a response, or an entry around the question, begins
    media: dict[str, Translations] = {}  # file names by form: image, audio, video, big-image

    @property
    def name(self) -> str:
        """The question's code, such as "ISC-E20"."""
        return last_name(self.path)

    @property
    def own(self) -> OwnAttributes:
        """What the question says of itself in our namespace, as groups and repeats have it, too."""
        return self.bind.own


class Group(msgspec.Struct, frozen=True, tag="group", omit_defaults=True):
    """Items under one heading; the groups right below the root are the sections."""

    path: TemplatePath
    items: tuple[Question | Group | Repeat, ...]
    label: Translations = {}
    hint: Translations = {}
    relevant: str = ""
    appearance: tuple[str, ...] = ()
    own: OwnAttributes = NOTHING_SAID


class Repeat(msgspec.Struct, frozen=True, tag="repeat", omit_defaults=True):
    """Items answered once per entry."""

    path: TemplatePath
    items: tuple[Question | Group | Repeat, ...]
    label: Translations = {}
    hint: Translations = {}
    relevant: str = ""
    count: str = ""  # XPath of repeat_count; "" where people add and remove entries
    is_fixed: bool = False  # entries are those of the form; nobody adds or removes any
    appearance: tuple[str, ...] = ()
    own: OwnAttributes = NOTHING_SAID


Item = Question | Group | Repeat


class InstanceElement(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """An element of the form's instance, as every new response starts with it."""

    name: str
    text: str = ""  # the static default
    children: tuple[InstanceElement, ...] = ()
    is_repeat: bool = False  # then `children` are those of a new entry
    entries: tuple[InstanceElement, ...] = ()  # of a repeat: entries that the form itself brings
    prefix: str = ""
    namespace: str = ""
    attributes: tuple[tuple[str, str, str, str], ...] = ()  # (name, value, prefix, namespace)


class Action(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that the form does at an event: sets a value, or asks for a place."""

    target: TemplatePath
    events: tuple[
        str, ...
    ]  # odk-instance-first-load, odk-instance-load, odk-new-repeat, xforms-value-changed
    value: str = ""  # XPath; "" where `text` is meant, or for a place
    text: str = ""
    source: TemplatePath = TemplatePath(
        ""
    )  # the question whose change, or the repeat whose new entry, is the event
    is_place: bool = False
    nodes: str = ""  # XPath of the target, where it picks one entry of a repeat; "" for the whole of `target`
