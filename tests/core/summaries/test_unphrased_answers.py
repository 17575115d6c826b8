"""The report follows the questionnaire: a question that a coordinator adds or moves stands where it says."""

from dataclasses import replace
from typing import Any

import msgspec

from iscm_desktop.questionnaire.catalogue import shipped
from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.summaries.drafting import draft
from iscm_desktop.summaries.summary import RespondentAnswers, Summary
from tests.support.answers import COUNTS, answered, extra_question, view
from tests.support.summary_texts import faults, section_shown

PATH = "ISC-B/NEW"


def with_question(
    response: RespondentAnswers, kind: Kind, label: str, text: str, path: str = PATH, **attributes: str
) -> RespondentAnswers:
    """The response with one more question, answered."""
    question = extra_question(path, kind, label, **attributes)
    answer = view(shipped(response.form_id), question, path, text)
    return replace(response, answers=(*response.answers, answer))


def prague(**answers: Any) -> RespondentAnswers:
    named = {name.replace("_", "-"): value for name, value in answers.items()}
    return answered("iscm", "prague-process", named)


def summary_of(*responses: RespondentAnswers) -> Summary:
    summary = draft("prague-process", responses, COUNTS)
    assert not faults(summary)
    return summary


def test_a_new_question_stands_at_the_end_of_the_section_that_it_feeds() -> None:
    response = with_question(
        prague(ISC_E15=3), Kind.INTEGER, "Staff of the secretariat", "1250", feeds="S3 OV", **{"as": "staff"}
    )
    assert section_shown(summary_of(response).section("3")) == (
        "The Prague Process counts three members.\nStaff of the secretariat: 1,250."
    )


def test_a_new_question_without_a_role_and_with_a_question_mark() -> None:
    response = with_question(prague(), Kind.TEXT, "Is there a logo?", "yes, a blue one.", feeds="S3")
    assert section_shown(summary_of(response).section("3")) == "Is there a logo? Yes, a blue one."


def test_a_new_long_text() -> None:
    response = with_question(prague(), Kind.LONG_TEXT, "Lessons", "one lesson\n\nanother", feeds="S2-glob")
    assert section_shown(summary_of(response).section("2")) == "Lessons: One lesson.\nAnother."


def test_a_question_that_feeds_no_section_is_not_printed() -> None:
    for feeds in ("OV", "ADM", ""):
        response = with_question(prague(), Kind.TEXT, "Logo", "Zqx", feeds=feeds)
        assert not any(section.paragraphs for section in summary_of(response).sections)


def test_a_new_question_to_states_respects_their_wish() -> None:
    for naming, is_printed in (("name_and_quote", True), ("name_only", False), ("anonymous", False)):
        entries = [{"STA-C01": "prague-process"}]
        state = answered("state", "NLD", {"STA-F02": naming, "STA-C00": entries})
        path = "STA-C/STA-C00/entry1/NEW"
        asked = with_question(state, Kind.TEXT, "Best idea", "Zqx", path, feeds="S5b")
        text = section_shown(summary_of(asked).section("5"))
        assert ("Netherlands: Best idea: Zqx." in text) is is_printed
        assert ("Zqx" in text) is is_printed


def moved(response: RespondentAnswers, role: str, feeds: str) -> RespondentAnswers:
    """The response as if the workbook said that the question feeds another part."""
    answers = tuple(
        replace(
            answer,
            question=msgspec.structs.replace(
                answer.question,
                bind=msgspec.structs.replace(
                    answer.question.bind, own=msgspec.structs.replace(answer.question.own, feeds=(feeds,))
                ),
            ),
        )
        if answer.question.own.role == role
        else answer
        for answer in response.answers
    )
    return replace(response, answers=answers)


def test_a_known_question_moves_with_what_it_feeds() -> None:
    response = moved(prague(ISC_E22="each_delegation_pays", ISC_B01=2009), "travel", "S1")
    summary = summary_of(response)
    assert section_shown(summary.section("1")) == (
        "The Prague Process was established in 2009.\nDelegations pay for their own travel to meetings."
    )
    assert not summary.section("3").paragraphs


def test_a_known_question_that_feeds_only_the_overview_is_left_out() -> None:
    response = moved(prague(ISC_E22="each_delegation_pays"), "travel", "OV")
    assert not any(section.paragraphs for section in summary_of(response).sections)


def test_questions_are_known_by_their_role_and_not_by_their_code() -> None:
    response = prague(ISC_B01=2009)
    renamed = replace(
        response,
        answers=tuple(
            replace(
                answer, question=msgspec.structs.replace(answer.question, path="Any/Code"), path="Any/Code"
            )
            for answer in response.answers
        ),
    )
    assert section_shown(summary_of(renamed).section("1")) == "The Prague Process was established in 2009."
