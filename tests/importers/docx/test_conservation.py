"""Nothing of a Word file vanishes: every word of a random one is in the text, or listed."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from reader.importers.docx.read import read
from reader.model.document import Document
from tests.importers.docx.test_numbering import level, lists
from tests.importers.word_files import paragraph, part, word_file

STYLES = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Gone"><w:name w:val="gone"/><w:rPr><w:vanish/></w:rPr>'
    "</w:style>"
)
Source = Callable[["Words"], str]


class Words:
    """Gives out words that no other place of a file has, and remembers what becomes of each."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.aside: list[str] = []
        self.left: list[str] = []
        self.notes: list[str] = []
        self.hidden = False
        self.is_aside = False

    def next(self, seen: bool = True) -> str:
        count = len(self.shown) + len(self.aside) + len(self.left)
        word = f"q{count}z"
        if not seen or self.hidden:
            self.left.append(word)
        elif self.is_aside:
            self.aside.append(word)
        else:
            self.shown.append(word)
        return word

    def apart(self, source: Source) -> str:
        """What is shown elsewhere than where it stands: its order does not count."""
        outer, self.is_aside = self.is_aside, True
        made = source(self)
        self.is_aside = outer
        return made


def run(text: str, looks: str = "") -> str:
    return f"<w:r><w:rPr>{looks}</w:rPr><w:t xml:space='preserve'> {text} </w:t></w:r>"


def _looking(looks: str) -> Source:
    return lambda words: run(words.next(), looks)


def _unseen(before: str, after: str, tag: str = "t", looks: str = "") -> Source:
    def make(words: Words) -> str:
        inside = f"<w:r><w:rPr>{looks}</w:rPr><w:{tag}> {words.next(False)} </w:{tag}></w:r>"
        return before + inside + after

    return make


def _field(words: Words) -> str:
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        sign.format("begin") + "<w:r><w:instrText> REF x \\h </w:instrText></w:r>"
        + sign.format("separate") + run(words.next()) + sign.format("end")
    )  # fmt: skip


def _note(words: Words) -> str:
    if words.hidden:
        return ""
    words.notes.append(words.apart(lambda w: run(w.next())))
    return f"<w:r><w:footnoteReference w:id='{len(words.notes)}'/></w:r>"


def _box(words: Words) -> str:
    if words.hidden:
        return ""
    inside = words.apart(lambda w: f"<w:p>{run(w.next())}</w:p>")
    return f"<w:r><w:drawing><w:txbxContent>{inside}</w:txbxContent></w:drawing></w:r>"


INLINE: st.SearchStrategy[Source] = st.sampled_from(
    [
        *(_looking(looks) for looks in ("", "<w:b/>", "<w:strike/>", "<w:i/><w:smallCaps/>")),
        _looking("<w:vertAlign w:val='superscript'/>"),
        _unseen("", "", looks="<w:vanish/>"),
        _unseen("<w:del>", "</w:del>", "delText"),
        _unseen("<w:moveFrom>", "</w:moveFrom>"),
        lambda words: f"<w:ins>{run(words.next())}</w:ins>",
        lambda words: f"<w:sdt><w:sdtContent>{run(words.next())}</w:sdtContent></w:sdt>",
        lambda words: f"<w:smartTag>{run(words.next())}</w:smartTag>",
        lambda words: f"<w:hyperlink w:anchor='x'>{run(words.next())}</w:hyperlink>",
        lambda words: f"<w:fldSimple w:instr='SEQ'>{run(words.next())}</w:fldSimple>",
        _field,
        _note,
        _box,
    ]
)


@st.composite
def paragraphs(draw: st.DrawFn) -> Source:
    parts = draw(st.lists(INLINE, max_size=4))
    properties = draw(
        st.sampled_from(
            [
                *("", "", "<w:pStyle w:val='H1'/>"),
                "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>",
                "<w:rPr><w:del/></w:rPr>",
                "<w:outlineLvl w:val='1'/>",
            ]
        )
    )
    return lambda words: f"<w:p><w:pPr>{properties}</w:pPr>{''.join(p(words) for p in parts)}</w:p>"


def _tables(inner: st.SearchStrategy[Source]) -> st.SearchStrategy[Source]:
    cell = st.tuples(st.sampled_from(["", "<w:gridSpan w:val='2'/>"]), st.lists(inner, max_size=3))
    row = st.tuples(
        st.sampled_from(["", "", "<w:tblHeader/>", "<w:gridBefore w:val='1'/>", "<w:del/>"]),
        st.lists(cell, min_size=1, max_size=3),
    )

    def make(rows: list[tuple[str, list[tuple[str, list[Source]]]]]) -> Source:
        def source(words: Words) -> str:
            made = ""
            for properties, cells in rows:
                outer, words.hidden = words.hidden, words.hidden or "w:del" in properties
                made += f"<w:tr><w:trPr>{properties}</w:trPr>"
                for looks, parts in cells:
                    inside = "".join(one(words) for one in parts)
                    made += f"<w:tc><w:tcPr>{looks}</w:tcPr>{inside}<w:p/></w:tc>"
                made += "</w:tr>"
                words.hidden = outer
            return f"<w:tbl>{made}</w:tbl>"

        return source

    return st.lists(row, min_size=1, max_size=3).map(make)


def _wrapped(inner: st.SearchStrategy[Source]) -> st.SearchStrategy[Source]:
    def wrap(parts: list[Source]) -> Source:
        return lambda words: (
            f"<w:sdt><w:sdtContent>{''.join(p(words) for p in parts)}</w:sdtContent></w:sdt>"
        )

    return st.lists(inner, max_size=2).map(wrap)


BLOCKS: st.SearchStrategy[Source] = st.recursive(
    paragraphs(), lambda inner: st.one_of(_tables(inner), _wrapped(inner)), max_leaves=8
)


def document_of(sources: list[Source], words: Words) -> Document:
    body = "".join(source(words) for source in sources)
    notes = "".join(
        f"<w:footnote w:id='{i}'><w:p>{note}</w:p></w:footnote>"
        for i, note in enumerate(words.notes, start=1)
    )
    more: dict[str, str | bytes] = {
        "word/numbering.xml": lists(level(0, "%1.")),
        "word/header1.xml": part("hdr", paragraph("head")),
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.docx"
        path.write_bytes(
            word_file(body + paragraph("end"), styles=STYLES, footnotes=notes, more=more)
        )
        return read(path).document


@given(st.lists(BLOCKS, max_size=5))
def test_every_word_is_in_the_text_or_listed(sources: list[Source]) -> None:
    words = Words()
    document = document_of(sources, words)
    said = re.findall(r"q\d+z", document.text)
    assert [word for word in said if word in set(words.shown)] == words.shown
    assert sorted(set(said) - set(words.shown)) == sorted(words.aside)
    assert len(said) == len(set(said))
    listed = re.findall(r"q\d+z", " ".join(one.words for one in document.left_out))
    assert sorted(listed) == sorted(words.left)
    assert all(one.reason != "unaccounted" for one in document.left_out)


@given(st.lists(BLOCKS, max_size=5))
def test_blocks_and_cells_lie_in_their_order(sources: list[Source]) -> None:
    document = document_of(sources, Words())
    ends = 0
    for block in document.blocks:
        assert ends <= block.span.start <= block.span.end <= len(document.text)
        ends = block.span.end
    for table in document.tables:
        places = [(cell.row, cell.column) for cell in table.cells]
        assert places == sorted(places)
        assert len(places) == len(set(places))
