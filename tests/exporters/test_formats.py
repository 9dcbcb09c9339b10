"""Every format says what was noted; those that are read back lose nothing."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from html import escape
from io import BytesIO
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reader.cli import main as cli
from reader.exporters import readwise
from reader.exporters.registry import FORMATS
from reader.model.anchoring.selector import describe
from reader.model.annotation import Annotation
from reader.model.deep_link import address_of
from reader.model.document import Document, with_details
from reader.model.export.export_set import ExportSet, gather
from reader.model.span import Span
from tests.model.samples import ARTICLE, an_article, place


def a_note(document: Document, span: Span, number: int = 0, **fields: Any) -> Annotation:
    made = Annotation(
        str(uuid.UUID(int=number)),
        describe(document, span),
        created="2026-01-02T03:04:05Z",
        modified="2026-01-03T03:04:05Z",
    )
    return replace(made, **fields)


def a_notebook(*annotations: Annotation, document: Document | None = None) -> ExportSet:
    one = document or an_article()
    return gather(annotations, {one.id: one}.get, "2026-02-03T04:05:06Z", "anna")


def written(name: str, notebook: ExportSet) -> str:
    content = FORMATS[name].content(notebook)
    assert isinstance(content, str)
    return content


def test_the_command_line_knows_every_format(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "500")
    assert cli.main(["notes", "export", "--help"]) == 0
    assert "{" + ",".join(FORMATS) + "}" in capsys.readouterr().out


@pytest.mark.parametrize("name", FORMATS)
def test_each_writes_a_notebook_with_nothing_in_it(qapp: object, name: str) -> None:
    assert FORMATS[name].content(a_notebook()) is not None


def test_each_entry_carries_what_the_issue_asks_for() -> None:
    document = an_article()
    note = a_note(document, place(ARTICLE, "answer it2,3"), note="So it seems.", tags=("x",))
    note = replace(note, state="changed", earlier=describe(document, place(ARTICLE, "Patients")))
    notebook = a_notebook(note)
    wanted = ["answer it", "So it seems.", "Background", "doi:10.1000/example.1", "Scribe B."]
    for name in ("markdown", "html", "json", "csv", "hypothesis"):
        text = written(name, notebook)
        for words in [*wanted, f"offprint:{document.id}#{note.id}"]:
            assert words in text, (name, words)
    for name in ("markdown", "html"):
        assert "Earlier text: Patients" in written(name, notebook)
        assert "text changed" in written(name, notebook)
    content = FORMATS["docx"].content(notebook)
    assert isinstance(content, bytes)
    shown = "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs)
    for words in (*wanted, "Earlier text: Patients", "text changed"):
        assert words in shown


@pytest.mark.parametrize(
    "text",
    ["- a", "+ a", "= a", "1. a", "12) a", "# a", "> a", "a *b* _c_ `d` [e](f) <g> ~h~ &amp;"],
)
def test_words_that_look_like_markdown_are_shown_as_they_are(text: str) -> None:
    document = replace(an_article(), text=f"{text}\n{ARTICLE}", marks=(), sections=())
    note = a_note(document, Span(0, len(text)))
    page = MarkdownIt().render(written("markdown", a_notebook(note, document=document)))
    assert f"<blockquote>\n<p>{escape(text)}</p>\n</blockquote>" in page


DANGEROUS = ["=1+1", "+x", "-x", "@x", "\tx", " =x", "＝x", "'=x", "'x", "''", "x", "", 'a,b\n"c"']
DANGEROUS += [
    "\r=x",
    "\n+x",
    "＋1",
    "－1",
    "＠x",
    "\u00a0=x",
    "\x0c-x",
    " ' =x",
    "\ufeff@x",
    "\u3000=x",
]


@pytest.mark.parametrize("cell", DANGEROUS)
def test_no_cell_of_a_table_runs_and_each_comes_back(cell: str) -> None:
    safe = readwise.harmless(cell)
    assert not safe.lstrip("\ufeff \x0c\u00a0\u3000").startswith(tuple("=+-@\t\r\n＝＋－＠"))
    assert readwise.meant(safe) == cell


@given(st.text(max_size=20))
def test_any_cell_comes_back(cell: str) -> None:
    assert readwise.meant(readwise.harmless(cell)) == cell


def test_a_table_has_a_row_for_each_note() -> None:
    document = an_article()
    note = a_note(document, place(ARTICLE, "Patients must"), note="=SUM(A1)", tags=("a", "b c"))
    text = written("csv", a_notebook(note, document=document))
    assert text.startswith('\ufeff"Highlight","Title"')
    assert '"\'=SUM(A1)"' in text
    (row,) = readwise.read(text)
    assert json.loads(row.pop("Record"))["tags"] == ["a", "b c"]
    assert row == {
        "Highlight": "Patients must",
        "Title": "Ketamine in anxiety",
        "Author": "Ada Writer, Ben Scribe",
        "URL": "https://doi.org/10.1000/example.1",
        "Note": "=SUM(A1)",
        "Location": str(ARTICLE.index("Patients must")),
        "Date": "2026-01-02T03:04:05Z",
        "Tags": "a, b c",
        "Id": note.id,
        "Colour": "yellow",
        "Section": "Side effects",
        "Page": "",
        "Citation": "Writer A, Scribe B. Ketamine in anxiety. The Journal of Examples. 2021. "
        "doi:10.1000/example.1",
        "References": "",
        "Link": f"offprint:{document.id}#{note.id}",
    }


def test_a_note_without_a_place_keeps_its_number() -> None:
    lost = a_note(replace(an_article(), text="gone"), Span(0, 4))
    (row,) = readwise.read(written("csv", a_notebook(lost)))
    assert (row["Highlight"], row["Location"]) == ("gone", "0")
    (item,) = json.loads(written("hypothesis", a_notebook(lost)))["annotations"]
    assert item["target"][0]["selector"][0]["end"] == 4


def test_hypothesis_counts_utf_16_and_keeps_less_of_what_stands_around() -> None:
    document = with_details(
        an_article(), {"text": f"😀 {ARTICLE}", "doi": "", "marks": (), "sections": ()}
    )
    note = a_note(document, place(document.text, "Glutamate"), note="So.", tags=("x",))
    whole = json.loads(written("hypothesis", a_notebook(note, document=document)))
    assert whole["export_userid"] == "acct:anna@offprint"
    (item,) = whole["annotations"]
    position, quote = item["target"][0]["selector"]
    start = document.text.index("Glutamate") + 1
    assert (position["start"], position["end"]) == (start, start + 9)
    assert quote["exact"] == "Glutamate"
    assert len(quote["prefix"]) == len(quote["suffix"]) == 32
    assert item["uri"] == f"urn:sha256:{document.id}"
    assert (item["text"], item["tags"]) == ("So.", ["x"])


def test_sources_once_each_with_keys_of_their_own() -> None:
    first = with_details(
        an_article(),
        {"title": "On {dose} & time", "language": "en", "address": "https://x.example/"},
    )
    others = [with_details(first, {"id": f"{n}" * 64, "pmid": "12345"}) for n in range(3)]
    bare = Document("f" * 64, "…", "")
    known = {one.id: one for one in (first, *others, bare)}
    notes = [a_note(one, Span(0, 0), n) for n, one in enumerate(known.values())]
    notebook = gather(notes, known.get, "")
    bibtex = written("bibtex", notebook)
    assert bibtex.count("@article{writer2021dose,") == 1
    for letter in "abc":
        assert f"@article{{writer2021dose{letter}," in bibtex
    assert r"{On \{dose\} \& time}" in bibtex
    assert "Writer, Ada and Scribe, Ben" in bibtex
    assert "@misc{anonymousuntitled," in bibtex
    ris = written("ris", notebook)
    assert ris.count("TY  - JOUR\r\n") == 4
    assert ris.count("TY  - GEN\r\n") == 1
    assert "AU  - Writer, Ada\r\n" in ris
    assert ris.count("ER  - \r\n") == 5


def test_many_sources_of_one_name() -> None:
    known = {f"{n:064x}": replace(an_article(), id=f"{n:064x}") for n in range(29)}
    notes = [a_note(one, Span(0, 0), n) for n, one in enumerate(known.values())]
    keys = [
        line for line in written("bibtex", gather(notes, known.get, "")).splitlines() if "@" in line
    ]
    assert len(set(keys)) == 29


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_written_is_read_back_and_what_is_missing_is_seen(qapp: object, name: str) -> None:
    document = replace(an_article(), title="A <title> & *more*")
    spans = [place(ARTICLE, words) for words in ("Patients must", "answer it2,3", "stroke")]
    notes = [
        a_note(document, span, number, note="=1\n> x\n\n<blockquote>", tags=("a b",))
        for number, span in enumerate(spans)
    ]
    notes.append(a_note(replace(document, text="gone & *lost*"), Span(0, 13), 9))
    notebook = a_notebook(*notes, document=document)
    one = FORMATS[name]
    assert one.holds(one.content(notebook), notebook)
    fewer = replace(notebook, chapters=())
    assert not one.holds(one.content(fewer), notebook)


NOTE = "**Stop** _at_ `5 <mg`\n- [web](https://x.example/?a&b) [bad](javascript:alert) & <b>"


def test_a_note_is_shown_with_its_looks_and_leads_to_no_script() -> None:
    note = a_note(an_article(), place(ARTICLE, "Patients must"), note=NOTE)
    page = written("html", a_notebook(note))
    assert "<strong>Stop</strong> <em>at</em> <code>5 &lt;mg</code>\n• " in page
    assert '<a href="https://x.example/?a&amp;b">web</a>' in page
    assert 'href="javascript' not in page
    assert "&amp; &lt;b&gt;</p>" in page
    content = FORMATS["docx"].content(a_notebook(note))
    assert isinstance(content, bytes)
    (paragraph,) = (p for p in docx.Document(BytesIO(content)).paragraphs if "Stop" in p.text)
    assert [run.text for run in paragraph.runs if run.bold] == ["Stop"]
    assert [run.text for run in paragraph.runs if run.italic] == ["at"]
    assert [link.address for link in paragraph.hyperlinks] == ["https://x.example/?a&b"]
    assert FORMATS["docx"].holds(content, a_notebook(note))


def test_a_note_that_links_to_a_later_one_is_read_back(qapp: object) -> None:
    document = an_article()
    later = a_note(document, place(ARTICLE, "Patients must"), 2)
    link = address_of(document.id, later.id)
    first = a_note(document, place(ARTICLE, "Glutamate"), 1, note=f"See [there]({link}).")
    notebook = a_notebook(later, first)
    for name, one in FORMATS.items():
        assert one.holds(one.content(notebook), notebook), name
