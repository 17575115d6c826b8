"""Who gave each answer of a response, for the annex of the completed questionnaire."""

from __future__ import annotations

from iscm_desktop.reports.documents.questionnaire_document import Provenance
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.store import times
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.drafts import drafts_of
from iscm_desktop.store.objects.history import sources_of
from iscm_desktop.store.objects.items import items_of, revisions_of
from iscm_desktop.store.objects.packages import proof_of
from iscm_desktop.store.objects.proof_levels import Ground
from iscm_desktop.store.objects.revision import ANSWER, SubjectId, item_key
from iscm_desktop.workspace.trust_wording import rests_on_words


def provenance_of(
    db: Transaction, response: SubjectId, session: FormSession, device: str
) -> list[Provenance]:
    """One line per answer that is asked and not blank, in form order."""
    drafts = drafts_of(db, response, device)
    items = items_of(db, response, [ANSWER])
    revisions = revisions_of(db, response)
    sources = sources_of(db, response)
    ground_of = proof_of(db, response).ground_teller()
    lines: list[Provenance] = []
    for answer in session.answers():
        key = item_key(ANSWER, answer.path)
        if key in drafts:
            draft = drafts[key]
            who, when, origin = draft.author, draft.made_at, ""
            trust = rests_on_words(Ground.MADE_HERE.code)
        elif key in items:
            head = items[key].heads[0]
            who, when = revisions[head].author, times.read(revisions[head].made_at)
            origin, trust = sources.get(head, ""), rests_on_words(ground_of(head).code)
        else:  # filled in by the form itself
            continue
        lines.append(
            Provenance(answer.number or answer.question.name, answer.label, who, when, origin, trust)
        )
    return lines
