"""Every word of an article in JATS is in its text or beside it, however its elements nest."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.importers.jats.test_whole import article

WORD = st.from_regex(r"[a-z]{3,7}[0-9]{2}", fullmatch=True)
LEAF = WORD.map(lambda word: f"<p>{word}</p>")


def wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Elements that may hold others, as articles nest them."""
    many = st.lists(inner, min_size=1, max_size=3).map("".join)
    return st.one_of(
        st.builds("<sec><title>{}</title>{}</sec>".format, WORD, many),
        st.builds("<sec><label>{}</label>{}</sec>".format, WORD, many),
        st.builds(
            "<boxed-text><label>{}</label><caption><p>{}</p></caption>{}</boxed-text>".format,
            *(WORD, WORD, many),
        ),
        st.builds("<list><list-item>{}</list-item></list>".format, many),
        st.builds(
            "<list list-type='order'><list-item><label>{}</label>{}</list-item></list>".format,
            *(WORD, many),
        ),
        st.builds("<p>{} {} {}</p>".format, WORD, many, WORD),
        st.builds(
            "<table-wrap><label>{}</label><caption><title>{}</title><p>{}</p></caption><table><tr>"
            "<td>{}</td><td>{}{}</td></tr></table><table-wrap-foot>{}</table-wrap-foot>"
            "</table-wrap>".format,
            *(WORD, WORD, WORD, WORD, many, WORD, many),
        ),
        st.builds(
            "<fig><label>{}</label><caption><title>{}</title>{}</caption><graphic/></fig>".format,
            *(WORD, WORD, many),
        ),
        st.builds("<disp-quote>{}<attrib>{}</attrib></disp-quote>".format, many, WORD),
        st.builds(
            "<def-list><def-item><term>{}</term><def>{}</def></def-item></def-list>".format,
            WORD,
            many,
        ),
        st.builds(
            "<statement><label>{}</label><title>{}</title>{}</statement>".format, WORD, WORD, many
        ),
        st.builds("<speech><speaker>{}</speaker>{}</speech>".format, WORD, many),
        st.builds("<fn-group><fn><label>{}</label>{}</fn></fn-group>".format, WORD, many),
        st.builds(
            "<question-wrap><question><label>{}</label>{}</question></question-wrap>".format,
            WORD,
            many,
        ),
        st.builds("<p>{}<fn><label>{}</label>{}</fn></p>".format, WORD, WORD, many),
        st.builds("<unheard-of>{}<odd>{}</odd>{}</unheard-of>".format, WORD, many, WORD),
    )


@given(st.lists(st.recursive(LEAF, wrapped, max_leaves=8), min_size=1, max_size=4).map("".join))
def test_every_word_is_in_the_text_or_beside_it(
    tmp_path_factory: pytest.TempPathFactory, body: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "made.xml"
    document = article(body, path)
    said = [document.text, *(b.label for b in (*document.blocks, *document.inner_blocks))]
    said += [section.number or "" for section in document.sections]
    root = etree.fromstring(f"<a>{body}</a>")
    shown = Counter(re.findall(r"[a-z]+[0-9]{2}", " ".join(map(str, root.itertext()))))
    found = Counter(re.findall(r"[a-z]+[0-9]{2}", "\n".join(said)))
    # The label of a note stands in the text and beside the note.
    marks = Counter(str(label.text) for label in root.iterfind(".//p/fn/label"))
    assert shown <= found <= shown + marks
    assert document.left_out == ()
