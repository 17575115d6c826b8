"""Long lists, of which nodes are made for what is looked at.

F-20  A list read by rows says what the same list read as XML says, to every kind of path.
F-21  Any other shape is left to the reader of XML.
F-22  Nodes are made for the items that somebody walks to, each once.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.questionnaire.expression import (
    Context,
    Host,
    Node,
    compile_expression,
    parse_document,
    row_list,
)

LIST = (
    "<root><item><name>ca</name><label>Canada</label><region>1</region></item>\n"
    "<item><name>es</name><label>Spain &amp; islands</label><region>2</region><note/></item>"
    "<item><name>no</name><label>Norway</label><region>2</region></item></root>"
)


class Lists(Host):
    def __init__(self, tree: Node | None) -> None:
        self._tree = tree

    def instance(self, name: str) -> Node | None:
        return self._tree


def ignore(_place: int, _item: Node) -> None:
    """Nobody has to know of the items here."""


def said(expression: str, tree: Node | None) -> str:
    form = parse_document("<data><region>2</region></data>")
    return compile_expression(expression).as_string(Context(form, form, Lists(tree)))


@pytest.mark.parametrize(
    "expression",
    [
        "instance('l')/root/item[name = 'es']/label",
        "join(',', instance('l')/root/item[region = /data/region]/name)",
        "count(instance('l')/root/item)",
        "count(instance('l')/root/item/note)",
        "instance('l')/root/item[2]/label",
        "instance('l')/root/item[last()]/name",
        "instance('l')//item[name = 'no']/preceding-sibling::item[1]/name",
        "count(instance('l')//text())",
        "string(instance('l')/root/item[3])",
        "join(',', instance('l')/root/*/name | instance('l')/root/item[region = '2']/label)",
        "pulldata('l', 'label', 'name', 'es')",
        "instance('l')/root/item[region = '3']/name",
    ],
)
def test_rows_say_what_the_xml_says(expression: str) -> None:
    """F-20."""
    assert said(expression, row_list(LIST, ignore)) == said(
        expression, parse_document(LIST.replace("\n", ""))
    )


@given(
    st.lists(
        st.lists(
            st.tuples(
                st.sampled_from("abc"),
                st.text("xy<&>\"' é"),
            ),
            max_size=3,
        ),
        max_size=5,
    )
)
def test_any_list_comes_out_the_same(rows: list[list[tuple[str, str]]]) -> None:
    """F-20."""

    def escaped(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;")

    items = ("".join(f"<{name}>{escaped(text)}</{name}>" for name, text in cells) for cells in rows)
    xml = f"<root>{''.join(f'<item>{item}</item>' for item in items)}</root>"
    for expression in ("join('|', instance('l')/root/item/*)", "count(instance('l')/root/item[a = 'x'])"):
        tree = row_list(xml, ignore)
        assert said(expression, parse_document(xml) if tree is None else tree) == said(
            expression, parse_document(xml)
        )


@pytest.mark.parametrize(
    "xml",
    [
        "<root><item id='1'><name>a</name></item></root>",
        "<root><item><name><first>a</first></name></item></root>",
        "<root><!-- none --><item><name>a</name></item></root>",
        "<root><row><name>a</name></row></root>",
        "<list><item><name>a</name></item></list>",
        "<root xmlns:x='urn:x'><item><x:name>a</x:name></item></root>",
    ],
)
def test_other_shapes_are_left_to_the_reader_of_xml(xml: str) -> None:
    """F-21."""
    assert row_list(xml, ignore) is None


def test_only_what_is_looked_at_is_made() -> None:
    """F-22."""
    made: list[int] = []
    tree = row_list(LIST, lambda place, _item: made.append(place))
    assert said("instance('l')/root/item[name = 'no']/label", tree) == "Norway"
    assert made == [2]
    assert said("count(instance('l')/root/item)", tree) == "3"
    assert sorted(made) == [0, 1, 2]
