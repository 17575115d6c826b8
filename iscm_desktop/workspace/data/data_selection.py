"""Which responses and answers of a round are taken out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from iscm_desktop.questionnaire import registers
from iscm_desktop.store.objects.revision import SubjectId
from iscm_desktop.store.rows import ResponseRow


class WantedStatus(Enum):
    """How far a response has to be."""

    RECEIVED = "received"  # it is here, however far
    SIGNED_OFF = "signed_off"  # somebody stands behind its answers as they are now


@dataclass(frozen=True, slots=True)
class DataSelection:
    """What is wanted; () and "" mean all of it.

    Attributes:
        rounds: Codes; () is the round that is followed.
        forms: Ids of questionnaires.
        levels: Of mechanisms: "rcp", "irf", "global". Whoever has no level is left out then.
        regions: Codes of the register; a respondent in one of them is in.
        respondents: Codes.
        sections: Paths or numbers; answers elsewhere are left out.
        with_withheld: Answers that are not for publication come along, and are marked.
    """

    rounds: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    respondents: tuple[str, ...] = ()
    status: WantedStatus = WantedStatus.RECEIVED
    sections: tuple[str, ...] = ()
    with_withheld: bool = False

    def those_wanted(
        self, rows: Iterable[ResponseRow], signed: frozenset[SubjectId]
    ) -> Iterator[ResponseRow]:
        """Those of some responses that are wanted."""
        codes = {code.casefold() for code in self.respondents}
        for row in rows:
            if self.forms and row.form_id not in self.forms:
                continue
            if codes and row.respondent.casefold() not in codes:
                continue
            if self.status is WantedStatus.SIGNED_OFF and row.id not in signed:
                continue
            if self.levels and registers.level_of(row.form_id, row.respondent) not in self.levels:
                continue
            if self.regions and not registers.regions_of(row.form_id, row.respondent).intersection(
                self.regions
            ):
                continue
            yield row


EVERYTHING = DataSelection()
"""All that is here of the round that is followed."""
