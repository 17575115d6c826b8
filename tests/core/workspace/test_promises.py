"""Sign-offs, restrictions, delegations and queries count only with the key that may make them.

K-20  Forged by an unsigned file, or by a stranger's: shown as claimed, and nothing acts on it.
K-21  With the respondent's key, by an invitation or by name, it counts; the other way round when that is forgotten.
K-22  The same files in any order come to the same.
K-23  What is claimed about publication is made one's own word, and taken back.
K-24  History says of each state of a promise whether it is only claimed.
K-25  Plan and report of a merge say which promises a file brings that are only claimed.
K-26  Verifying works out by itself which sign-off counts.
K-27  Whoever merges what a stranger made in their name does not make it theirs by handing it on.
K-28  Where the response's beginning was seen without a key, nobody who signs it later is believed.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import permutations
from pathlib import Path

import msgspec
import pytest

from iscm_desktop.errors import IscmError
from iscm_desktop.exchange.merging.merge_plan import FilePlan, FileReport, RefusedFile
from iscm_desktop.exchange.merging.merge_wording import explain
from iscm_desktop.exchange.package.package_writer import zipped
from iscm_desktop.exchange.trust.signature import SigningKey
from iscm_desktop.presenters.query_origin import asker_words
from iscm_desktop.questionnaire.form_paths import answer_path
from iscm_desktop.store.objects.revision import Revision, line
from iscm_desktop.store.rows import ResponseState
from iscm_desktop.store.verification.findings import FindingKind
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.colleagues.query_service import QueryOrigin
from iscm_desktop.workspace.trust_wording import trust_words
from tests.support.claimed_promises import forged, packed
from tests.support.inviting import coordinator, invited, merged, planned
from tests.support.packages import members, unsigned

QUESTION, CONTACT = "STA-A/STA-A02", "STA-A/STA-A03"


@pytest.fixture
def carla(tmp_path: Path) -> Iterator[Workspace]:
    with coordinator(tmp_path) as made:
        yield made


@pytest.fixture
def rita(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "rita.iscmdb") as made:
        made.set_person("Rita", "Ministry")
        yield made


@pytest.fixture
def canada(carla: Workspace, rita: Workspace, tmp_path: Path) -> str:
    """Canada's response, begun by invitation; something is answered, and something is not for publication."""
    (made,) = invited(carla, tmp_path / "invitations", "CAN")
    response = rita.received_invitations.open_response(made.path, "", "", "")
    session = rita.responses.open_session(response)
    session.answer(QUESTION, "Ministry of Migration")
    session.answer(CONTACT, "Rita Roy")
    rita.responses.save(response, session)
    rita.restrictions.restrict(response, QUESTION)
    return response


def sent(rita: Workspace, response: str, folder: Path, name: str = "can") -> Path:
    return rita.exports.export(response, folder / f"{name}.iscm").path


def state(carla: Workspace, response: str) -> tuple[object, ...]:
    """All that a promise acts on; what is kept of it is what verifying comes to by itself."""
    assert carla.verification.verify().findings == ()
    row = carla.response_list.row(response)
    signed = carla.sign_offs.of(response)
    return (
        None if signed is None else (signed.name, signed.is_current),
        row.state is ResponseState.SIGNED_OFF,
        tuple(one.path for one in carla.restrictions.rows(response)),
        tuple(sorted(one.name for one in carla.sign_offs.claimed(response))),
    )


@pytest.mark.parametrize("is_signed", [False, True])
def test_a_ministers_sign_off_by_a_strangers_file(
    carla: Workspace, rita: Workspace, canada: str, tmp_path: Path, is_signed: bool
) -> None:
    """K-20: unsigned, and signed by a key that nobody knows, in the name of the very device."""
    genuine = sent(rita, canada, tmp_path)
    merged(carla, genuine)
    before = state(carla, canada)
    forgery = forged(genuine, tmp_path / "forged.iscm", SigningKey.new() if is_signed else None, "sign_off")
    merged(carla, forgery)
    assert before == (None, False, (QUESTION,), ())
    assert state(carla, canada) == (None, False, (QUESTION,), ("The Minister",))


@pytest.mark.parametrize("is_signed", [False, True])
def test_a_restriction_is_not_lifted_by_a_stranger(
    carla: Workspace, rita: Workspace, canada: str, tmp_path: Path, is_signed: bool
) -> None:
    """K-20: silence stays, also in the public edition."""
    genuine = sent(rita, canada, tmp_path)
    forgery = forged(
        genuine, tmp_path / "forged.iscm", SigningKey.new() if is_signed else None, "restriction"
    )
    merged(carla, genuine, forgery)
    assert [one.path for one in carla.restrictions.rows(canada)] == [QUESTION]
    assert [one.path for one in carla.restrictions.claims(canada)] == [QUESTION]
    edition = carla.public_exports.export(canada, tmp_path / "public.iscm").path
    assert b"Ministry of Migration" not in members(edition)["revisions.jsonl"]


def test_the_respondents_own_sign_off_counts(
    carla: Workspace, rita: Workspace, canada: str, tmp_path: Path
) -> None:
    """K-21: by the device that proved the invitation; no longer once it is forgotten."""
    rita.sign_offs.sign(canada, "Rita", "Director")
    assert rita.response_list.row(canada).state is ResponseState.SIGNED_OFF
    merged(carla, sent(rita, canada, tmp_path))
    assert state(carla, canada) == (("Rita", True), True, (QUESTION,), ())
    (device,) = carla.devices.all()
    carla.devices.forget(device.key)
    carla.devices.name(SigningKey.new().public, "the ministry's new laptop", "state", "CAN")
    assert state(carla, canada) == (None, False, (), ("Rita",))
    carla.devices.name(device.key, "Rita", "state", "CAN")
    assert state(carla, canada) == (("Rita", True), True, (QUESTION,), ())


def test_a_claimed_sign_off_is_confirmed_by_the_coordinator(
    carla: Workspace, rita: Workspace, canada: str, tmp_path: Path
) -> None:
    """For lost keys there is a way: the coordinator's own word, which says whose it is."""
    genuine = sent(rita, canada, tmp_path)
    merged(carla, genuine, forged(genuine, tmp_path / "unsigned.iscm", None, "sign_off"))
    confirmed = carla.sign_offs.confirm(canada)
    assert (confirmed.name, confirmed.is_current) == ("The Minister", True)
    assert state(carla, canada)[:2] == (("The Minister", True), True)
    assert state(carla, canada)[3] == ()
    with pytest.raises(IscmError):
        carla.sign_offs.confirm(canada)


def test_without_an_invitation_whoever_began_may_promise(tmp_path: Path) -> None:
    """K-21: as first seen in the response."""
    with coordinator(tmp_path, "sven") as sven, coordinator(tmp_path) as carla:
        response = sven.responses.start("state", "NOR")
        sven.sign_offs.sign(response, "Sven", "Director")
        merged(carla, sent(sven, response, tmp_path))
        assert state(carla, response)[:2] == (("Sven", True), True)


def test_any_order_comes_to_the_same(rita: Workspace, canada: str, tmp_path: Path) -> None:
    """K-22: the genuine file, one forged without a key, one with a stranger's, and the later genuine one."""
    first = sent(rita, canada, tmp_path, "first")
    files = [
        first,
        forged(first, tmp_path / "unsigned.iscm", None, "sign_off", "restriction"),
        forged(first, tmp_path / "strange.iscm", SigningKey.new(), "sign_off", "restriction"),
    ]
    rita.sign_offs.sign(canada, "Rita", "Director")
    files.append(sent(rita, canada, tmp_path, "last"))
    found = set()
    for number, order in enumerate(permutations(files)):
        if number % 5:
            continue
        with coordinator(tmp_path, f"c{number}") as store:
            for file in order:
                merged(store, file)
            found.add(state(store, canada))
    assert found == {(None, False, (QUESTION,), ("Rita", "The Minister"))}  # a stranger claims that beginning


@pytest.mark.parametrize("is_signed", [False, True])
@pytest.mark.parametrize("kind", ["sign_off", "restriction"])
def test_a_forgery_that_the_respondent_hands_on_stays_a_claim(
    carla: Workspace, rita: Workspace, canada: str, tmp_path: Path, is_signed: bool, kind: str
) -> None:
    """K-27: merged by the very person whose device it names, and sealed with what they made themselves it is not."""
    first = sent(rita, canada, tmp_path, "first")
    merged(carla, first)
    key = SigningKey.new() if is_signed else None
    merged(rita, forged(first, tmp_path / "forged.iscm", key, kind))
    session = rita.responses.open_session(canada)
    session.answer("STA-A/STA-A03", "hers")
    rita.responses.save(canada, session)
    merged(carla, sent(rita, canada, tmp_path, "second"))
    claimed = ("The Minister",) if kind == "sign_off" else ()
    for store in (rita, carla):
        assert state(store, canada) == (None, False, (QUESTION,), claimed)
        edition = store.public_exports.export(canada, tmp_path / "public.iscm").path
        assert b"Ministry of Migration" not in members(edition)["revisions.jsonl"]


def test_a_withdrawal_that_the_coordinator_hands_on_stays_a_claim(
    carla: Workspace, rita: Workspace, canada: str, tmp_path: Path
) -> None:
    """K-27: in the name of the coordinator's own device."""
    query = asked(carla, canada, rita, tmp_path)
    merged(carla, withdrawing(query, tmp_path / "forged.iscm", None))
    merged(rita, query, carla.exports.export(canada, tmp_path / "whole.iscm").path)
    carla.queries.reply(carla.queries.rows(canada)[0].id, "Since May")
    assert [reply.is_ours for row in carla.queries.rows(canada) for reply in row.replies] == [True]
    for store in (carla, rita):
        is_open = store is rita  # the reply was not sent
        assert [(row.is_open, row.is_withdrawn) for row in store.queries.rows(canada)] == [(is_open, False)]


def test_a_delegation_widened_in_its_makers_name_stays_as_it_was(
    rita: Workspace, canada: str, tmp_path: Path
) -> None:
    """K-27: also after the export that would have sealed it."""
    handed = rita.delegations.hand_over(canada, ["STA-A"], to="Ben", target=tmp_path / "ben.iscm").path
    found = unsigned(handed)
    known = [msgspec.json.decode(each, type=Revision) for each in found["revisions.jsonl"].splitlines()]
    (made,) = (one for one in known if one.kind == "delegation")
    terms = json.loads(made.value or "") | {"sections": ["STA-A", "STA-B", "STA-C"]}
    parent = hashlib.sha256(line(made)).hexdigest()
    value = json.dumps(terms, separators=(",", ":"), ensure_ascii=False)
    wider = msgspec.structs.replace(made, parents=(parent,), value=value)
    manifest = json.loads(found["manifest.json"])
    del manifest["delegation"]
    found["manifest.json"] = json.dumps(manifest).encode()
    merged(rita, packed(found, [line(made), line(wider)], tmp_path / "forged.iscm", None))
    sent(rita, canada, tmp_path)
    assert [row.sections for row in rita.delegations.rows(canada)] == [("STA-A",)]


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_nobody_is_believed_who_signs_what_came_unsigned(tmp_path: Path, version: str) -> None:
    """K-28: a stranger puts a key of their own behind the whole of an unsigned file, in any order."""
    with coordinator(tmp_path, "nora") as nora:
        norway = nora.responses.start("state", "NOR")
        session = nora.responses.open_session(norway)
        session.answer(QUESTION, "Ministry of Migration")
        session.answer(CONTACT, "Nora Roy")
        nora.responses.save(norway, session)
        nora.restrictions.restrict(norway, QUESTION)
        signed = sent(nora, norway, tmp_path, "signed")
        merged(nora, forged(signed, tmp_path / "itself.iscm", SigningKey.new(), "restriction"))
        assert state(nora, norway)[2] == (QUESTION,)
    genuine = tmp_path / "genuine.iscm"
    found = unsigned(signed)
    packed(found, found["revisions.jsonl"].splitlines(), genuine, None, version)
    forgery = forged(signed, tmp_path / "forged.iscm", SigningKey.new(), "sign_off", "restriction")
    for number, order in enumerate(([genuine, forgery], [forgery, genuine])):
        for at_once in (True, False):
            with coordinator(tmp_path, f"c{number}{at_once}") as store:
                for files in [order] if at_once else [[each] for each in order]:
                    merged(store, *files)
                assert state(store, norway) == (None, False, (QUESTION,), ("The Minister",))
                edition = store.public_exports.export(norway, tmp_path / "public.iscm").path
                assert b"Ministry of Migration" not in members(edition)["revisions.jsonl"]


def test_whoever_began_is_believed_again_once_the_unsigned_file_is_taken_back(tmp_path: Path) -> None:
    """K-28: only files that stand say anything; verifying comes to the same each time."""
    with coordinator(tmp_path, "sven") as sven, coordinator(tmp_path) as carla:
        norway = sven.responses.start("state", "NOR")
        sven.sign_offs.sign(norway, "Sven", "Director")
        signed = sent(sven, norway, tmp_path)
        bare = tmp_path / "bare.iscm"
        bare.write_bytes(zipped(unsigned(signed)))
        merged(carla, signed)
        assert state(carla, norway)[:2] == (("Sven", True), True)
        merged(carla, bare)
        assert state(carla, norway) == (None, False, (), ("Sven",))
        carla.operations.take_back(carla.operations.merges()[0].id)
        assert state(carla, norway)[:2] == (("Sven", True), True)


def asked(carla: Workspace, canada: str, rita: Workspace, folder: Path) -> Path:
    """A query of the coordinator, as a file, about what the respondent sent."""
    merged(carla, sent(rita, canada, folder, "asked about"))
    carla.queries.ask(canada, answer_path(QUESTION), "Since when?")
    return carla.queries.export(canada, folder / "query.iscm").path


def withdrawing(package: Path, target: Path, key: SigningKey | None) -> Path:
    """A file of queries in which somebody withdraws what the coordinator asked, in the coordinator's device's name."""
    found = unsigned(package)
    lines = found["revisions.jsonl"].splitlines()
    (query,) = (msgspec.json.decode(each, type=Revision) for each in lines)
    parent = hashlib.sha256(lines[0]).hexdigest()
    lines.append(line(msgspec.structs.replace(query, parents=(parent,), value=None)))
    return packed(found, lines, target, key)


def test_a_query_says_whether_its_key_invited(
    carla: Workspace, rita: Workspace, canada: str, tmp_path: Path
) -> None:
    """K-20: from the coordinator who invited, from another key, unsigned."""
    merged(rita, asked(carla, canada, rita, tmp_path))
    (row,) = rita.queries.rows(canada)
    assert (row.origin, row.is_open) == (QueryOrigin.INVITER, True)
    assert "who invited you" in asker_words(row)
    with coordinator(tmp_path, "eve") as eve:
        eve.set_person("Carla", "IOM")
        merged(eve, sent(rita, canada, tmp_path, "copied"))
        eve.queries.ask(canada, answer_path(QUESTION), "What is your password?")
        strange = eve.queries.export(canada, tmp_path / "strange.iscm").path
    merged(rita, strange)
    by_text = {row.text: row for row in rita.queries.rows(canada)}
    assert by_text["What is your password?"].origin is QueryOrigin.ANOTHER
    assert "not the one who invited" in asker_words(by_text["What is your password?"])
    assert by_text["Since when?"].origin is QueryOrigin.INVITER


@pytest.mark.parametrize("is_signed", [False, True])
def test_the_coordinators_query_is_not_withdrawn_by_a_stranger(
    carla: Workspace, rita: Workspace, canada: str, tmp_path: Path, is_signed: bool
) -> None:
    """K-20: it stays open, here and at the respondent's; the coordinator withdraws it."""
    query = asked(carla, canada, rita, tmp_path)
    forgery = withdrawing(query, tmp_path / "forged.iscm", SigningKey.new() if is_signed else None)
    for store in (carla, rita):
        merged(store, query, forgery)
        assert [row.is_open for row in store.queries.rows(canada)] == [True]
    (row,) = carla.queries.rows(canada)
    carla.queries.withdraw(row.id)
    assert [row.is_withdrawn for row in carla.queries.rows(canada)] == [True]
    merged(rita, carla.exports.export(canada, tmp_path / "whole.iscm").path)
    assert [row.is_withdrawn for row in rita.queries.rows(canada)] == [True]


def test_a_claim_about_publication_is_made_ones_own_word_and_taken_back(
    carla: Workspace, rita: Workspace, canada: str, tmp_path: Path
) -> None:
    """K-23: both ways, and undone while nothing was sealed it is a claim again, whosever names stand under it."""
    merged(carla, genuine := sent(rita, canada, tmp_path))
    silent = [path.path for path in carla.restrictions.rows(canada)]
    merged(carla, forged(genuine, tmp_path / "forged.iscm", None, "restriction"))
    (claim,) = carla.restrictions.claims(canada)
    assert (claim.path, claim.asks_for_silence, claim.claimed_by) == (QUESTION, False, ("Rita",))
    carla.restrictions.confirm(canada, claim.path)
    assert (carla.restrictions.rows(canada), carla.restrictions.claims(canada)) == ((), ())
    with pytest.raises(IscmError):
        carla.restrictions.confirm(canada, claim.path)
    carla.restrictions.undo_confirm(canada, claim.path, was_marked=True)
    assert [one.path for one in carla.restrictions.rows(canada)] == silent
    assert carla.restrictions.claims(canada) == (claim,)
    carla.restrictions.confirm(canada, claim.path)
    carla.exports.export(canada, tmp_path / "sealed.iscm")
    carla.restrictions.undo_confirm(canada, claim.path, was_marked=True)
    assert [one.path for one in carla.restrictions.rows(canada)] == silent


def test_claimed_silence_is_made_ones_own_word(
    carla: Workspace, rita: Workspace, canada: str, tmp_path: Path
) -> None:
    """K-23: somebody who may not asks for silence; it holds once the coordinator asks for it too."""
    rita.restrictions.restrict(canada, answer_path(QUESTION), is_lifted=True)
    genuine = sent(rita, canada, tmp_path)
    merged(carla, genuine, forged(genuine, tmp_path / "forged.iscm", None, "silence"))
    (claim,) = carla.restrictions.claims(canada)
    assert (claim.asks_for_silence, claim.claimed_by) == (True, ("Mallory",))
    assert carla.restrictions.rows(canada) == ()
    carla.restrictions.confirm(canada, claim.path)
    assert [one.path for one in carla.restrictions.rows(canada)] == [claim.path]
    carla.restrictions.undo_confirm(canada, claim.path, was_marked=False)
    assert (carla.restrictions.rows(canada), carla.restrictions.claims(canada)) == ((), (claim,))


def test_history_says_what_is_only_claimed(
    carla: Workspace, rita: Workspace, canada: str, tmp_path: Path
) -> None:
    """K-24: of the mark at a question, of the sign-off of the response; what counts is the present of its item."""
    genuine = sent(rita, canada, tmp_path)
    merged(carla, genuine, forged(genuine, tmp_path / "forged.iscm", None, "restriction", "sign_off"))
    rows = {row.text: row for row in carla.conflicts.history(canada, answer_path(QUESTION))}
    marked, lifted = rows["not for publication"], rows["for publication again"]
    assert [(one.kind, one.is_claimed, one.is_current) for one in (marked, lifted)] == [
        ("restriction", False, True),
        ("restriction", True, False),
    ]
    assert "claimed" in trust_words(lifted)
    assert "claimed" not in trust_words(marked)
    assert not rows["Ministry of Migration"].is_claimed
    (signed,) = carla.conflicts.history(canada, answer_path(""))
    assert (signed.text, signed.is_claimed) == ("signed off by The Minister, Minister", True)
    carla.sign_offs.confirm(canada)
    own, claimed = carla.conflicts.history(canada, answer_path(""))
    assert [(one.is_claimed, one.is_current) for one in (own, claimed)] in (
        [(False, True), (True, False)],
        [(True, False), (False, True)],  # the forged time may be ahead
    )


def test_history_says_of_a_query_that_its_withdrawal_is_only_claimed(
    carla: Workspace, rita: Workspace, canada: str, tmp_path: Path
) -> None:
    """K-24: a reply is nobody's alone, and so never claimed."""
    query = asked(carla, canada, rita, tmp_path)
    merged(carla, withdrawing(query, tmp_path / "forged.iscm", None))
    carla.queries.reply(carla.queries.rows(canada)[0].id, "Since May")
    rows = {row.text: row.is_claimed for row in carla.conflicts.history(canada, answer_path(QUESTION))}
    assert {text: rows[text] for text in ("asked: Since when?", "withdrawn", "replied: Since May")} == {
        "asked: Since when?": False,
        "withdrawn": True,
        "replied: Since May": False,
    }


def brought(file: FilePlan | FileReport | RefusedFile) -> dict[str, int]:
    assert not isinstance(file, RefusedFile)
    return {each.kind: each.count for each in file.claims}


@pytest.mark.parametrize("is_signed", [False, True])
def test_plan_and_report_say_which_promises_are_only_claimed(
    carla: Workspace, rita: Workspace, canada: str, tmp_path: Path, is_signed: bool
) -> None:
    """K-25: before anything is merged; the respondent's own promises are none."""
    rita.sign_offs.sign(canada, "Rita", "Director")
    genuine = sent(rita, canada, tmp_path)
    key = SigningKey.new() if is_signed else None
    forgery = forged(genuine, tmp_path / "forged.iscm", key, "sign_off", "restriction", "silence")
    first, second = planned(carla, genuine, forgery)
    assert brought(first) == {}
    assert brought(second) == {"sign_off": 1, "restriction": 2}
    words = "It brings 2 marks about publication and a sign-off that are only claimed, and count for nothing."
    assert words in explain(second)
    assert carla.response_list.all() == ()
    done = merged(carla, genuine, forgery)
    assert [brought(each) for each in done] == [{}, brought(second)]
    assert brought(planned(carla, forgery)[0]) == {}  # merged before


def test_promises_that_came_with_a_key_known_for_the_respondent_are_no_claims(
    carla: Workspace, rita: Workspace, canada: str, tmp_path: Path
) -> None:
    """K-25: another laptop of theirs, named beforehand, and the response is not here yet."""
    rita.sign_offs.sign(canada, "Rita", "Director")
    genuine, key = sent(rita, canada, tmp_path), SigningKey.new()
    forgery = forged(genuine, tmp_path / "laptop.iscm", key, "sign_off")
    assert brought(planned(carla, forgery)[0]) == {}  # nobody is known, and it is as first seen
    carla.devices.name(SigningKey.new().public, "the ministry's", "state", "CAN")
    assert brought(planned(carla, forgery)[0]) == {"sign_off": 1, "restriction": 1}
    carla.devices.name(key.public, "the other laptop", "state", "CAN")
    assert brought(planned(carla, forgery)[0]) == {}


def test_a_claimed_content_in_the_place_of_the_signed_one_is_named(
    carla: Workspace, rita: Workspace, canada: str, tmp_path: Path
) -> None:
    """K-26: which content is signed off follows from revisions, seals and known devices, and from nothing else."""
    genuine = sent(rita, canada, tmp_path)
    merged(carla, genuine, forged(genuine, tmp_path / "forged.iscm", SigningKey.new(), "sign_off"))
    assert carla.verification.verify().findings == ()
    with closing(sqlite3.connect(tmp_path / "carla.iscmdb")) as db, db:
        db.execute("UPDATE response SET signed_content = content")
    (found,) = carla.verification.verify().findings
    assert (found.kind, found.subject, found.detail) == (FindingKind.FIGURES_STALE, canada, "signed_content")


def test_a_sign_off_that_loses_its_key_by_taking_back_is_verified_so(
    carla: Workspace, rita: Workspace, canada: str, tmp_path: Path
) -> None:
    """K-26: the file that proves the key is taken back and put in again, others of the same response stay."""
    first = sent(rita, canada, tmp_path, "first")
    rita.sign_offs.sign(canada, "Rita", "Director")
    second = sent(rita, canada, tmp_path, "second")
    forgery = forged(second, tmp_path / "forged.iscm", None, "sign_off")
    seen = []
    for file in (forgery, first, second):
        merged(carla, file)
        seen.append(state(carla, canada)[:2])
    merges = [one.id for one in reversed(carla.operations.merges())]
    for operation in merges:
        carla.operations.take_back(operation)
        assert carla.verification.verify().findings == ()
    for operation in merges:
        carla.operations.put_back(operation)
        assert carla.verification.verify().findings == ()
    assert seen == [(None, False), (None, False), (("Rita", True), True)]
