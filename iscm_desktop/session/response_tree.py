"""The tree of one response: a cell for each node of the form's instance, a series for each repeat.

Cells keep what was answered, also while it is hidden; the nodes beside them hold what expressions see, which
is blank for whatever is not asked. As in a spreadsheet, a cell may be typed or calculated; `rule_engine` decides
which cells have to follow.
"""

from __future__ import annotations

from collections.abc import Iterator

from iscm_desktop.questionnaire import answer_values
from iscm_desktop.questionnaire.expression import Node
from iscm_desktop.questionnaire.form_paths import path_below
from iscm_desktop.questionnaire.rules import RuleTemplate
from iscm_desktop.session.views import AnswerPath, ChoiceView, Verdict


class ResponseCell:
    """What the response holds at one node of the form: a question, a group, or an entry of a repeat."""

    __slots__ = (
        "children", "entry_id", "is_asked", "is_judged", "is_own_relevant", "is_read_only", "is_required",
        "message", "node", "offered", "parent", "path", "place", "series", "template", "text", "verdict", "withheld",
    )  # fmt: skip

    def __init__(
        self, template: RuleTemplate, parent: ResponseCell | None, path: AnswerPath, entry_id: str = ""
    ) -> None:
        shape = template.shape
        self.template = template
        self.parent = parent
        self.path = path
        self.entry_id = entry_id
        self.place = 0  # of an entry: which one it is, from 1; as of when `renumbered` was last asked
        self.series: RepeatSeries | None = None  # of an entry: the repeat that it belongs to
        self.text = ""  # what is stored, or was calculated
        self.children: dict[str, ResponseCell | RepeatSeries] = {}
        self.node = Node(name=shape.name, namespace=shape.namespace, prefix=shape.prefix)
        self.node.data = self
        for name, value, prefix, namespace in shape.attributes:
            self.node.set_attribute(name, value, namespace=namespace, prefix=prefix)
        self.is_own_relevant = True
        self.is_asked: bool = parent is None or parent.is_asked
        self.offered: tuple[ChoiceView, ...] | None = None  # dynamic choices; None: not evaluated yet
        self.withheld = ""  # the answer as it was given, where a filter has taken some of it away
        self.is_judged = False  # whether the four below are up to date
        self.is_required = False
        self.is_read_only = False
        self.verdict = Verdict.OK
        self.message = ""

    @property
    def effective(self) -> str:
        """What expressions see: nothing of what is not asked, or is not the value that it should be."""
        if not self.text or not self.is_asked:
            return ""
        question = self.template.question
        return self.text if question is None else answer_values.seen(question.kind, self.text)

    def below(self) -> Iterator[ResponseCell | RepeatSeries]:
        """This cell and all inside it, outer ones first, parked entries left out."""
        yield self
        for child in self.children.values():
            yield from child.below()

    def places(self) -> tuple[int, ...]:
        """Which entry it lies in, itself included, from 1, in each repeat around, outer ones first."""
        own = (self.place,) if self.series is not None else ()
        return (*self.parent.places(), *own) if self.parent is not None else own

    def entry_of(self, repeat: RuleTemplate) -> ResponseCell | None:
        """The entry of `repeat` that this cell lies in, itself included."""
        here: ResponseCell | None = self
        while here is not None and here.template is not repeat:
            here = here.parent
        return here

    def __repr__(self) -> str:
        return f"<cell {self.path!r} {self.text!r}>"


class RepeatSeries:
    """One repeat with its entries in order."""

    __slots__ = (
        "entries", "is_asked", "is_judged", "is_own_relevant", "message", "node", "parent", "parked", "path",
        "template", "verdict",
    )  # fmt: skip

    def __init__(self, template: RuleTemplate, parent: ResponseCell, path: AnswerPath) -> None:
        self.template = template
        self.parent = parent
        self.path = path
        self.entries: list[ResponseCell] = []
        self.parked: dict[
            str, ResponseCell
        ] = {}  # entries that repeat_count leaves out for now, with their answers
        self.node = Node(name=template.name)  # where rules of the repeat stand when there is no entry yet
        self.node.parent = parent.node
        self.is_own_relevant = True
        self.is_asked = parent.is_asked
        self.is_judged = False
        self.verdict = Verdict.OK
        self.message = ""

    def below(self) -> Iterator[ResponseCell | RepeatSeries]:
        """This series and all inside its entries, parked ones left out."""
        yield self
        for entry in self.entries:
            yield from entry.below()

    def ids(self) -> tuple[str, ...]:
        """Ids of the entries in order, parked ones left out."""
        return tuple(entry.entry_id for entry in self.entries)

    def index(self, entry_id: str) -> int:
        """The place of an entry, from 0; ValueError where it is not among them."""
        return self.ids().index(entry_id)

    def renumbered(self) -> Iterator[ResponseCell]:
        """Gives each entry its place, and returns those that had another."""
        for place, entry in enumerate(self.entries, 1):
            if entry.place != place:
                entry.place = place
                yield entry

    def after(self, entry_id: str) -> str | None:
        """The id of the entry before this one, None for the first."""
        place = self.index(entry_id)
        return self.entries[place - 1].entry_id if place else None

    def __repr__(self) -> str:
        return f"<series {self.path!r} of {len(self.entries)}>"


def grow(cell: ResponseCell) -> None:
    """Gives a cell all that its template holds; repeats start without entries."""
    for template in cell.template.children:
        path = path_below(cell.path, template.name)
        if template.is_repeat:
            cell.children[template.name] = RepeatSeries(template, cell, path)
        else:
            child = ResponseCell(template, cell, path)
            cell.children[template.name] = child
            cell.node.append(child.node)
            if template.children:
                grow(child)


def new_entry(series: RepeatSeries, entry_id: str) -> ResponseCell:
    """An entry with all that it holds, not yet in its series."""
    entry = ResponseCell(series.template, series.parent, path_below(series.path, entry_id), entry_id)
    entry.series = series
    entry.is_asked = series.is_asked
    grow(entry)
    return entry


def attach(entry: ResponseCell, index: int) -> None:
    """Puts an entry into its series and its node where the form has it."""
    series = entry.series
    if series is None:
        raise ValueError(f"{entry} is no entry")
    node, holder = entry.node, series.parent.node
    follower = series.entries[index].node if index < len(series.entries) else _node_behind(series)
    series.entries.insert(index, entry)
    entry.place = index + 1
    if follower is None:
        holder.append(node)
    else:
        holder.insert(holder.children.index(follower), node)


def attach_last(series: RepeatSeries, entries: list[ResponseCell]) -> None:
    """Puts entries behind those that a series has, their nodes where the form has them."""
    series.parent.node.insert_all(_node_behind(series), [entry.node for entry in entries])
    for place, entry in enumerate(entries, len(series.entries) + 1):
        entry.place = place
    series.entries += entries


def detach(entry: ResponseCell) -> None:
    """Takes an entry out of its series; the entry keeps all that is in it."""
    series = entry.series
    if series is None:
        raise ValueError(f"{entry} is no entry")
    if series.entries[-1] is entry:
        series.entries.pop()
    else:
        series.entries.remove(entry)
    series.parent.node.remove(entry.node)
    entry.node.parent = None


def _node_behind(series: RepeatSeries) -> Node | None:
    """The first node behind the place where the last entry of a series belongs."""
    names = list(series.parent.children)
    for name in names[names.index(series.template.name) + 1 :]:
        follower = series.parent.children[name]
        if isinstance(follower, ResponseCell):
            return follower.node
        if follower.entries:
            return follower.entries[0].node
    return None
