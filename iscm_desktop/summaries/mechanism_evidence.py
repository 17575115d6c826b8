"""All that is known about one mechanism in one round: its own answers, and what others say about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from iscm_desktop.questionnaire.registers import slug
from iscm_desktop.summaries.document_language import DocumentLanguage
from iscm_desktop.summaries.evidence import Evidence
from iscm_desktop.summaries.names_in_text import (
    MechanismName,
    NameConsent,
    mechanism_name,
    organization_name,
    state_name,
    with_article,
)
from iscm_desktop.summaries.summary import RespondentAnswers, RoundCounts
from iscm_desktop.summaries.text_markup import escaped


@dataclass(frozen=True, slots=True)
class OutsideRespondent:
    """A State or an organization that refers to the mechanism."""

    code: str
    title: str  # as a heading names it: "Netherlands"
    name: str  # as a sentence names it: "the Netherlands"
    naming: NameConsent
    whole_response: Evidence  # all its answers
    mechanism_entry: Evidence  # its entry on this mechanism
    is_sole: bool  # it refers to no other mechanism, so its general answers are about this one

    @property
    def may_be_quoted(self) -> bool:
        """Whether its own words may be printed beside its name."""
        return self.naming is NameConsent.QUOTE

    @property
    def may_be_named(self) -> bool:
        """Whether its name may be printed; its words need more, see `may_be_quoted`."""
        return self.naming is not NameConsent.ANONYMOUS


@dataclass(frozen=True, slots=True)
class MechanismEvidence:
    """The mechanism, who says something about it, and the language in which the document says it."""

    language: DocumentLanguage
    name: MechanismName
    mechanism: str
    own: Evidence  # the ISCM questionnaire; nothing in it while that has not come
    states: tuple[OutsideRespondent, ...]  # in the order of their names
    organizations: tuple[OutsideRespondent, ...]
    counts: RoundCounts

    @classmethod
    def from_round(
        cls, mechanism: str, responses: Iterable[RespondentAnswers], counts: RoundCounts, language: str
    ) -> MechanismEvidence:
        """What all responses of a round say about one mechanism, given by its code; others are passed over."""
        everything = tuple(responses)
        own = next(
            (
                Evidence.from_response(one)
                for one in everything
                if (one.form_id, one.respondent) == ("iscm", mechanism)
            ),
            Evidence(),
        )
        name = mechanism_name(mechanism, own, language)
        respondents = {
            form_id: tuple(
                sorted(
                    _respondents(everything, form_id, role, {mechanism, name.full, name.short}, language),
                    key=lambda respondent: respondent.title.casefold(),
                )
            )
            for form_id, role in (("state", "block_mechanism"), ("organization", "engagement_mechanism"))
        }
        wording = DocumentLanguage(language)
        return cls(wording, name, mechanism, own, respondents["state"], respondents["organization"], counts)

    def gettext(self, sentence: str, **places: object) -> str:
        """The sentence; `{mechanism}` stands for the mechanism's short name."""
        return self.language.gettext(sentence, mechanism=self.name.short, **places)

    def ngettext(self, one: str, many: str, count: int, **places: object) -> str:
        """Likewise, for `count` things; see `DocumentLanguage.ngettext`."""
        return self.language.ngettext(one, many, count, mechanism=self.name.short, **places)

    def quoted(self, paragraphs: Iterable[str]) -> str:
        """Somebody's own words in quotation marks; every paragraph opens them anew, the last closes them."""
        *others, last = tuple(paragraphs) or ("",)
        if not last:
            return ""
        opened = [self.gettext("“{paragraph}", paragraph=other) for other in others]
        return "\n\n".join([*opened, self.gettext("“{paragraph}”", paragraph=last)])

    @property
    def quotable_states(self) -> tuple[OutsideRespondent, ...]:
        """States whose words may be printed, in the order of their names."""
        return tuple(respondent for respondent in self.states if respondent.may_be_quoted)

    @property
    def quotable_organizations(self) -> tuple[OutsideRespondent, ...]:
        """Organizations whose words may be printed, in the order of their names."""
        return tuple(respondent for respondent in self.organizations if respondent.may_be_quoted)

    def unnamed(self, count: int) -> str:
        """ "one State that is not named": for those whom a list may not name."""
        return self.ngettext("one State that is not named", "{count} States that are not named", count)


def _respondents(
    responses: tuple[RespondentAnswers, ...], form_id: str, role: str, names: set[str], language: str
) -> Iterator[OutsideRespondent]:
    wanted = {slug(name) for name in names}
    for response in responses:
        if response.form_id != form_id:
            continue
        whole = Evidence.from_response(response)
        blocks = whole.entries(role)
        entry = next((block for block in blocks if _meant(block, role) in wanted), None)
        if entry is None:
            continue
        if form_id == "state":
            title = escaped(response.name or response.respondent)
            name = state_name(response.respondent, title, language)
        else:
            title = organization_name(response.name or response.respondent)
            name = with_article(title, language)
        yield OutsideRespondent(
            response.respondent,
            title,
            name,
            NameConsent.stated_in(whole),
            whole,
            entry,
            is_sole=len(blocks) == 1,
        )


def _meant(block: Evidence, role: str) -> str:
    """The mechanism that a block is about; one outside the register is known by what was typed."""
    chosen = block.choice(role)
    return slug(block.fragment(role + "_other") if chosen in ("", "other") else chosen)
