"""Ways through a tree of XML."""

from __future__ import annotations

from lxml import etree

from reader.importers.common.xml_tree import address_of, all_of, one_of, text_in

TREE = etree.fromstring(
    '<a xmlns:x="http://www.w3.org/1999/xlink"><b><c>one\n two</c></b><c>near</c>'
    '<b><c>three <i>four</i></c><!-- c --><d x:href=" #e "/></b></a>'
)


def test_a_path_leads_to_all_at_its_end_in_reading_order() -> None:
    assert [text_in(one) for one in all_of(TREE, "b", "c")] == ["one two", "three four"]
    assert [text_in(one) for one in all_of(TREE, "c")] == ["near"]
    assert list(all_of(TREE, "b", "e")) == []


def test_the_first_of_them_or_none() -> None:
    assert text_in(one_of(TREE, "b", "c")) == "one two"
    assert one_of(TREE, "e") is None
    assert text_in(None) == ""


def test_where_a_link_leads() -> None:
    link = one_of(TREE, "b", "d")
    assert link is not None
    assert address_of(link) == "#e"
    assert address_of(TREE) == ""
