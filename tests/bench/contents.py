"""What the documents of the sample round say, before anybody prints them."""

from datetime import UTC, datetime

from iscm_desktop.questionnaire.catalogue import shipped
from iscm_desktop.reports.documents.questionnaire_document import PrintOptions, questionnaire_document
from iscm_desktop.reports.documents.summary_document import summary_document
from iscm_desktop.reports.typesetting.blocks import Document
from iscm_desktop.session.answer_filling import fill_session
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.summaries.drafting import draft
from tests.bench import samples
from tests.support.answers import COUNTS, sample_round

_NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


def summary() -> Document:
    """The summary of findings of the IGC."""
    found = draft("igc", sample_round(), COUNTS)
    return summary_document(found, round_title=COUNTS.title, printed_at=_NOW)


def questionnaire(respondent: str) -> Document:
    """A completed questionnaire."""
    found = samples.sample(respondent)
    session = FormSession(shipped(found["form"]))
    fill_session(session, found["answers"])
    return questionnaire_document(session, PrintOptions(COUNTS.title, respondent, _NOW))
