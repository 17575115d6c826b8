"""The tree: what it says after changes is what reading the same XML afresh would say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.questionnaire.expression import (
    DocumentError,
    Node,
    NodeKind,
    evaluate,
    parse_document,
    to_xml,
)

MEMBERS = "<data><member><name>Igor</name></member><member><name>Ana</name></member><fee>yes</fee></data>"


def names(tree: Node) -> list[str]:
    found = evaluate("/data/member/name", tree)
    assert isinstance(found, list)
    return [node.string_value() for node in found]


def entry(name: str) -> Node:
    made = Node(NodeKind.ELEMENT, "member")
    made.append(Node(NodeKind.ELEMENT, "name", name))
    return made


def test_entries_come_and_go() -> None:
    tree = parse_document(MEMBERS)
    data = tree.children[0]
    assert names(tree) == ["Igor", "Ana"]
    data.insert(1, entry("Lucie"))
    assert names(tree) == ["Igor", "Lucie", "Ana"]
    data.remove(data.elements("member")[0])
    assert names(tree) == ["Lucie", "Ana"]
    data.append(entry("Zoé"))
    assert names(tree) == ["Lucie", "Ana", "Zoé"]
    assert evaluate("position(/data/member[name = 'Ana'])", tree) == 2.0


def test_a_text_is_replaced_whether_or_not_someone_walked_to_it() -> None:
    tree = parse_document(MEMBERS)
    fee = tree.children[0].element("fee")
    assert fee is not None
    fee.set_text("no")
    assert evaluate("string(/data/fee/text())", tree) == "no"
    fee.set_text("later")
    assert evaluate("string(/data/fee/text())", tree) == "later"
    assert tree.string_value() == "IgorAnalater"
    fee.children[0].set_text("never")
    assert evaluate("string(/data/fee)", tree) == "never"


def test_what_no_xml_can_hold_is_left_out() -> None:
    pasted = Node(NodeKind.ELEMENT, "name", "bell \x07, nothing \x00, half \ud83d, new\nline\t\U0001f600 <&>")
    (name,) = parse_document(to_xml(pasted)).children
    assert name.string_value() == "bell , nothing , half , new\nline\t\U0001f600 <&>"


def test_xml_is_written_as_it_was_read() -> None:
    xml = '<a xmlns="urn:a" xmlns:p="urn:p"><p:b c="1 &lt; 2">x &amp; y</p:b><!--note--><d/>tail</a>'
    assert to_xml(parse_document(xml)) == xml
    assert to_xml(parse_document(xml).children[0].copy()) == xml


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        ("<a>", "not XML"),
        ('<!DOCTYPE a [<!ENTITY b "boom">]><a>&b;</a>', "entities"),
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "entities"),
        ("<a>" * 5_000 + "</a>" * 5_000, "levels"),
        ('<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>', "another file"),
        ("<x:a/>", "prefix"),
    ],
)
def test_xml_that_could_hurt_is_refused(xml: str, words: str) -> None:
    with pytest.raises(DocumentError, match=words):
        parse_document(xml)


def test_a_bare_document_type_does_no_harm() -> None:
    assert parse_document("<!DOCTYPE html><html/>").children[0].name == "html"


_TREES = st.recursive(
    st.sampled_from(["<a/>", "<b>1</b>", "<c d='2'>x</c>"]),
    lambda inner: st.lists(inner, max_size=4).map(lambda parts: f"<a>{''.join(parts)}</a>"),
    max_leaves=15,
)
_AXES = st.sampled_from(
    [
        "ancestor",
        "descendant",
        "following",
        "preceding",
        "following-sibling",
        "preceding-sibling",
        "child",
        "parent",
    ]
)


@given(_TREES, _AXES, _AXES)
def test_unions_and_paths_are_in_document_order_without_doubles(xml: str, first: str, second: str) -> None:
    tree = parse_document(f"<top>{xml}</top>")
    everything = [tree, *tree.walk()]
    found = evaluate(f"//*/{second}::node() | //*/{first}::node() | //@*/..", tree)
    assert isinstance(found, list)
    places = [everything.index(node) for node in found]
    assert places == sorted(set(places))


@given(_TREES)
def test_the_axes_part_the_document(xml: str) -> None:
    """XPath 1.0, 2.2: ancestor, descendant, following, preceding and self hold each node once."""
    tree = parse_document(f"<top>{xml}</top>")
    everything = [tree, *tree.walk()]
    for node in everything:
        parts = [
            evaluate(f"{axis}::node()", tree, context=node)
            for axis in ("ancestor", "descendant", "following", "preceding", "self")
        ]
        together = [found for part in parts if isinstance(part, list) for found in part]
        assert sorted(map(everything.index, together)) == list(range(len(everything)))
