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
class Voice:
    """A State or an organization that refers to the mechanism."""

    code: str
    title: str  # as a heading names it: "Netherlands"
    name: str  # as a sentence names it: "the Netherlands"
    naming: NameConsent
    whole: Evidence  # all its answers
    about: Evidence  # its entry on this mechanism
    is_sole: bool  # it refers to no other mechanism, so its general answers are about this one

    @property
    def may_be_quoted(self) -> bool:
        return self.naming is NameConsent.QUOTE

    @property
    def may_be_named(self) -> bool:
        return self.naming is not NameConsent.ANONYMOUS


@dataclass(frozen=True, slots=True)
class MechanismEvidence:
    """The mechanism, who speaks about it, and the words of the document."""

    words: DocumentLanguage
    name: MechanismName
    mechanism: str
    own: Evidence  # the ISCM questionnaire; nothing in it while that has not come
    states: tuple[Voice, ...]  # in the order of their names
    organizations: tuple[Voice, ...]
    counts: RoundCounts

    @classmethod
    def of(
        cls, mechanism: str, responses: Iterable[RespondentAnswers], counts: RoundCounts, language: str
    ) -> MechanismEvidence:
        everything = tuple(responses)
        own = next(
            (Evidence.of(one) for one in everything if (one.form_id, one.respondent) == ("iscm", mechanism)),
            Evidence(),
        )
        name = mechanism_name(mechanism, own, language)
        voices = {
            form_id: tuple(
                sorted(
                    _voices(everything, form_id, role, {mechanism, name.full, name.short}, language),
                    key=lambda voice: voice.title.casefold(),
                )
            )
            for form_id, role in (("state", "block_mechanism"), ("organization", "engagement_mechanism"))
        }
        words = DocumentLanguage(language)
        return cls(words, name, mechanism, own, voices["state"], voices["organization"], counts)

    def gettext(self, sentence: str, **places: object) -> str:
        """The sentence; `{mechanism}` stands for the mechanism's short name."""
        return self.words.gettext(sentence, mechanism=self.name.short, **places)

    def ngettext(self, one: str, many: str, count: int, **places: object) -> str:
        return self.words.ngettext(one, many, count, mechanism=self.name.short, **places)

    def quoted(self, paragraphs: Iterable[str]) -> str:
        """Somebody's own words in quotation marks; every paragraph opens them anew, the last closes them."""
        *others, last = tuple(paragraphs) or ("",)
        if not last:
            return ""
        opened = [self.gettext("“{paragraph}", paragraph=other) for other in others]
        return "\n\n".join([*opened, self.gettext("“{paragraph}”", paragraph=last)])

    @property
    def quotable_states(self) -> tuple[Voice, ...]:
        return tuple(voice for voice in self.states if voice.may_be_quoted)

    @property
    def quotable_organizations(self) -> tuple[Voice, ...]:
        return tuple(voice for voice in self.organizations if voice.may_be_quoted)

    def unnamed(self, count: int) -> str:
        """ "one State that is not named": for those whom a list may not name."""
        return self.ngettext("one State that is not named", "{count} States that are not named", count)


def _voices(
    responses: tuple[RespondentAnswers, ...], form_id: str, role: str, names: set[str], language: str
) -> Iterator[Voice]:
    wanted = {slug(name) for name in names}
    for response in responses:
        if response.form_id != form_id:
            continue
        whole = Evidence.of(response)
        blocks = whole.entries(role)
        about = next((block for block in blocks if _meant(block, role) in wanted), None)
        if about is None:
            continue
        if form_id == "state":
            title = escaped(response.name or response.respondent)
            name = state_name(response.respondent, title, language)
        else:
            title = organization_name(response.name or response.respondent)
            name = with_article(title, language)
        yield Voice(
            response.respondent, title, name, NameConsent.of(whole), whole, about, is_sole=len(blocks) == 1
        )


def _meant(block: Evidence, role: str) -> str:
    """The mechanism that a block is about; one outside the register is known by what was typed."""
    chosen = block.choice(role)
    return slug(block.fragment(role + "_other") if chosen in ("", "other") else chosen)
