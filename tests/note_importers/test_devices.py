"""Files of reading devices, and of Zotero, as they write them; the words are ours."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from reader.model.imported_note import FoundNotes
from reader.note_importers.registry import read
from reader.note_importers.times import time_of, told_time_of
from reader.problem import Problem


def of(content: str) -> FoundNotes:
    return read(content.encode(), "notes")


def marks(found: FoundNotes) -> list[tuple[str, str]]:
    return [(one.exact, one.note) for one in found.notes]


def clipping(kind: str, place: str, text: str, book: str = "Quiet Rooms (Writer, A.)") -> str:
    when = "Added on Monday, 3 March 2025 10:11:12"
    return f"{book}\n- Your {kind} on page 1 | Location {place} | {when}\n\n{text}\n==========\n"


def test_a_note_belongs_to_the_highlight_that_it_follows() -> None:
    found = of(
        clipping("Highlight", "10-12", "closed at ten")
        + clipping("Note", "12", "first")
        + clipping("Highlight", "12-12", "open at six")
        + clipping("Note", "12", "second")
        + clipping("Note", "15", "alone")
        + clipping("Bookmark", "15", "")
        + clipping("Note", "12", "of another book", "Loud Rooms (Writer, A.)")
    )
    assert marks(found) == [
        ("closed at ten", "first"),
        ("open at six", "second"),
        ("", "alone"),
        ("", "of another book"),
    ]


def test_a_note_may_stand_before_its_highlight_and_a_second_one_is_kept() -> None:
    found = of(
        clipping("Note", "1208", "before")
        + clipping("Highlight", "1204-8", "closed at ten")
        + clipping("Note", "1206", "after")
    )
    assert marks(found) == [("closed at ten", "before\n\nafter")]


@pytest.mark.parametrize(
    ("mark", "note", "bookmark"),
    [
        ("Vaše zvýraznění", "Vaše poznámka", "Vaše záložka"),
        ("تمييزك", "ملاحظتك", "إشارة مرجعية"),
        ("आपका हाइलाइट", "आपका नोट", "आपका बुकमार्क"),
        ("Korostuksesi", "Muistiinpanosi", "Kirjanmerkkisi"),
        ("Din fremhævning", "Dit notat", "Dit bogmærke"),
    ],
)
@pytest.mark.parametrize("line", ["\n", "\r\n", "\r"])
def test_a_note_is_one_in_other_languages_and_with_any_line_ends(
    mark: str, note: str, bookmark: str, line: str
) -> None:
    said = [(mark, "10-12", "closed at ten"), (note, "12", "why?"), (bookmark, "12", "a line")]
    parts = (f"Rooms\n- {kind} {at} | x\n\n{text}\n==========\n" for kind, at, text in said)
    assert marks(of("".join(parts).replace("\n", line))) == [("closed at ten", "why?")]


def test_a_part_that_is_no_clipping_is_counted() -> None:
    found = of(clipping("Highlight", "1", "closed") + "Words\nwithout a dash\n==========\n")
    assert (len(found.notes), found.unread) == (1, 1)
    found = of(clipping("Highlight", "1", "") + clipping("Highlight on nothing", "x", "open"))
    assert (marks(found), found.unread) == ([("open", "")], 1)


@pytest.mark.parametrize(
    "said",
    [
        "Added on Monday, March 3, 2025 10:11:12 AM",
        "Hinzugefügt am Montag, 3. März 2025 um 10:11:12 Uhr",
        "Ajouté le lundi 3 mars 2025 10:11:12",
        "Añadido el lunes, 3 de marzo de 2025 10:11:12",
        "Aggiunto in data lunedì 3 marzo 2025 10:11:12",
        "Adicionado: segunda-feira, 3 de março de 2025 10:11:12",
        "Toegevoegd op maandag 3 maart 2025 10:11:12",
        "Добавлено: понедельник, 3 марта 2025 г. в 10:11:12",
        "作成日: 2025年3月3日月曜日 10:11:12",
        "添加于 2025年3月3日星期一 上午10:11:12",
    ],
)
def test_times_in_the_languages_of_kindles(said: str) -> None:
    assert told_time_of(said) == "2025-03-03T10:11:12+00:00"
    assert time_of(said).startswith("2025-03-0")


def test_zoteros_page_loses_no_words_whatever_they_stand_in() -> None:
    found = of(
        "<html><head><title>x</title><style>p { color: red }</style></head><body><div>loose"
        "<h1>Quiet Rooms</h1><p>“closed at ten” (Writer, 2024, p. 3) mine</p>"
        "<ul><li>outer <b>words</b><ul><li>inner</li></ul>and after</li></ul><pre>dose = 1</pre>"
        "<table><tr><th>head</th><td>cell</td></tr></table><h4>small</h4>"
        "<blockquote>around<p>within</p></blockquote></div></body></html>"
    )
    assert marks(found) == [
        ("", "loose"),
        ("closed at ten", "mine"),
        ("", "outer words\nand after"),
        ("", "inner"),
        ("", "dose = 1"),
        ("", "head"),
        ("", "cell"),
        ("", "small"),
        ("", "around"),
        ("", "within"),
    ]
    assert {one.source.title for one in found.notes} == {"Quiet Rooms"}


def test_what_stands_before_the_notes_of_zoteros_markdown_is_no_note() -> None:
    found = of("---\ntitle: x\n---\n" + ZOTERO)
    assert marks(found) == marks(of(ZOTERO))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("2025年3月3日 下午10:11:12", "2025-03-03T22:11:12+00:00"),
        ("3 March 2025 12:05 AM", "2025-03-03T00:05:00+00:00"),
        ("Monday, 3 Smarch 2025", ""),
        ("31 February 2025", ""),
        ("3 mai 2025", "2025-05-03T00:00:00+00:00"),
        ("05/06/2024 07:08", ""),
        ("2025-03-03T10:11:12+02:00", "2025-03-03T08:11:12+00:00"),
    ],
)
def test_other_times(said: str, told: str) -> None:
    assert told_time_of(said) == told


PAGE = """<html><body><div class="bookTitle">Quiet Rooms</div><div class="authors">Writer, A.</div>
<div class="noteHeading">Note - Page 1</div><div class="noteText">on nothing</div>
<div class="noteHeading">Highlight(<span class="highlight_blue">blue</span>) - Page 3</div>
<div class="noteText">closed at ten</div>
<div class="noteHeading">Note - Page 3</div><div class="noteText">why?</div>
<div class="noteHeading">Bookmark - Page 4</div><div class="noteText">x</div>
<div class="noteHeading">Highlight(<span class="highlight_pink">pink</span>) - Page 5</div>
<div class="noteText">open at six</div>
<div class="noteHeading">Highlight - Page 6</div><div class="noteText"></div></body></html>"""


def test_the_page_of_kindles_apps() -> None:
    found = of(PAGE)
    assert marks(found) == [
        ("", "on nothing"),
        ("closed at ten", "why?"),
        ("open at six", ""),
    ]
    assert [one.colour for one in found.notes] == ["yellow", "blue", "pink"]
    assert (found.notes[1].source.title, found.notes[1].source.author) == (
        "Quiet Rooms",
        "Writer, A.",
    )
    assert found.unread == 1
    assert of("<p>noteHeading bookTitle").notes == []


NEW_LUA = """-- we can read Lua syntax here!
return {
    ["annotations"] = {
        [1] = {["chapter"] = "One", ["color"] = "red", ["datetime"] = "2024-05-06 07:08:09",
            ["drawer"] = "underscore", ["note"] = "why?", ["page"] = "/body/p[1]", ["pageno"] = 3,
            ["text"] = "closed at ten"},
        [2] = {["datetime"] = "2024-05-06 07:08:10", ["page"] = 4, ["text"] = "in One"},
        [3] = {["datetime"] = "2024-05-06 07:08:11", ["page"] = 5, ["text"] = "in One",
            ["note"] = "a bookmark's note"},
        [4] = {["drawer"] = "lighten"},
    },
    ["doc_path"] = "/mnt/quiet.epub",
    ["doc_props"] = {["authors"] = "A. Writer", ["title"] = "Quiet Rooms"},
}
"""
OLD_LUA = """return {
    ["bookmarks"] = {
        [1] = {["datetime"] = "2023-01-02 03:04:05", ["highlighted"] = true,
            ["notes"] = "closed at ten", ["page"] = 3, ["text"] = "why?"},
        [2] = {["datetime"] = "2023-01-02 03:04:06", ["highlighted"] = true,
            ["notes"] = "open at six", ["page"] = 3,
            ["text"] = "Page 3 open at six @ 2023-01-02 03:04:06"},
        [3] = {["datetime"] = "2023-01-02 03:04:07", ["notes"] = "in Chapter 2", ["page"] = 4,
            ["text"] = "come back here"},
        [4] = {["datetime"] = "2023-01-02 03:04:08", ["notes"] = "in Kapitel 2", ["page"] = 5,
            ["text"] = "Seite 5 in Kapitel 2 @ 2023-01-02 03:04:08"},
    },
    ["highlight"] = {
        [3] = {
            [1] = {["datetime"] = "2023-01-02 03:04:05", ["text"] = "closed at ten"},
            [2] = {["datetime"] = "2023-01-02 03:04:06", ["text"] = "open at six"},
        },
    },
    ["stats"] = {["authors"] = "A. Writer", ["title"] = "Quiet Rooms"},
}
"""


def test_koreaders_own_files() -> None:
    found = of(NEW_LUA)
    assert found.format_name == "KOReader"
    assert marks(found) == [("closed at ten", "why?"), ("", "a bookmark's note")]
    first, second = found.notes
    assert (first.style, first.colour, first.source.file_name) == (
        "underline",
        "pink",
        "quiet.epub",
    )
    assert second.motivation == "bookmarking"
    assert found.unread == 1
    found = of(OLD_LUA)
    assert marks(found) == [
        ("closed at ten", "why?"),
        ("open at six", ""),
        ("", "come back here"),
    ]
    assert found.notes[2].motivation == "bookmarking"
    assert found.notes[0].source.title == "Quiet Rooms"
    assert found.notes[0].told_time == "2023-01-02T03:04:05+00:00"
    with pytest.raises(Problem, match="no table of Lua"):
        of("return { os.exit() }")


ZOTERO = """# Annotations
(3/4/2024, 10:11:12 AM)

“closed at ten” ([Writer, 2024, p. 3](zotero://select/library/items/A)) ([pdf](zotero://open-pdf/\
library/items/B?page=3&annotation=K1)) first line
second \\*line\\*

([Writer, 2024, p. 4](zotero://select/library/items/A)) a sticky note

- “open at six” ([Writer, 2024, p. 5](zotero://select/library/items/A))

([Writer, 2024, p. 6](zotero://select/library/items/A))

A paragraph of somebody's own.
"""


def test_zoteros_markdown() -> None:
    found = of(ZOTERO)
    assert found.format_name == "Zotero"
    assert marks(found) == [
        ("closed at ten", "first line\nsecond *line*"),
        ("", "a sticky note"),
        ("open at six", ""),
        ("", "A paragraph of somebody's own."),
    ]
    assert (found.notes[0].key, found.notes[0].place) == ("K1", "Writer, 2024, p. 3")
    assert found.unread == 1


def test_zoteros_page_keeps_line_ends_sticky_notes_and_notes_on_images() -> None:
    mark = quote(json.dumps({"annotationKey": "K9", "color": "#ffd400"}))
    found = of(
        f'<div data-schema-version="9"><p><span class="highlight" data-annotation="{mark}">'
        '“closed at ten”</span> <span class="citation">(<span>Writer, p. 3</span>)</span> '
        "dose 1<br>0 mg</p>"
        '<p><span class="citation" data-citation="%7B%7D">(<span>Writer, p. 3</span>)</span> '
        "STICKY</p>"
        f'<p><img data-annotation="{mark}"><br><span class="citation">(Writer)</span> a picture</p>'
        '<p><img alt=""></p><ul><li><p>in a list</p></li></ul></div>'
    )
    assert marks(found) == [
        ("closed at ten", "dose 1\n0 mg"),
        ("", "STICKY"),
        ("", "a picture"),
        ("", "in a list"),
    ]


@pytest.mark.parametrize(
    "head",
    [
        "Highlight,Book Title,Note",
        "\ufeffNote;Book Title;Highlight",
        "sep=;\r\nBook Title;Note;Highlight",
        '"sep=\t"\nHighlight\tNote\tBook Title',
        "\n\nHighlight|Note|Book Title",
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "mac_roman"])
def test_tables_in_any_order_and_encoding(head: str, line_end: str, encoding: str) -> None:
    sign = next(c for c in ";\t|," if c in head.replace("sep=", "").strip('"\r\n'))
    names = head.splitlines()[-1].lstrip("\ufeff").split(sign)
    row = {"Highlight": "closed at ten", "Book Title": "Quiet Rooms", "Note": "Ä é “q” – naïve"}
    table = head.replace("\r\n", "\n") + "\n" + sign.join(row[name] for name in names) + "\n"
    content = table.replace("\n", line_end)
    if encoding in ("cp1252", "mac_roman"):
        content = content.replace("\ufeff", "")
    found = read(content.encode(encoding), "notes.csv")
    (one,) = found.notes
    assert (one.exact, one.note, one.source.title) == tuple(
        row[n] for n in ("Highlight", "Note", "Book Title")
    )


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_a_table_in_another_script_is_read_in_its_letters(encoding: str) -> None:
    row = "Дать 5 мг,Лекарства,Не забыть о почках и о печени"
    found = read(f"Highlight,Book Title,Note\r\n{row}\r\n".encode(encoding), "notes.csv")
    (one,) = found.notes
    assert f"{one.exact},{one.source.title},{one.note}" == row


def test_readium_has_tags_beside_the_text_and_spaces_at_its_edges() -> None:
    item = {
        "type": "Annotation",
        "id": "urn:uuid:1",
        "body": {"type": "TextualBody", "value": "n", "tag": "t1"},
        "target": {
            "source": "a.xhtml",
            "selector": [
                {"type": "TextQuoteSelector", "exact": "x", "suffix": " in a quiet room."}
            ],
        },
    }
    several = {**item, "body": {"value": "n", "tags": ["a", "b"]}}
    first, second = of(json.dumps({"items": [item, several]})).notes
    assert (first.tags, second.tags, first.suffix) == (("t1",), ("a", "b"), " in a quiet room.")


def test_a_body_may_be_a_choice_or_a_text_with_a_place_of_its_own() -> None:
    target = {"source": "a.xhtml", "selector": {"type": "TextQuoteSelector", "exact": "x"}}
    item = {"type": "Annotation", "target": target}
    choice = {"type": "Choice", "items": ["one", {"type": "TextualBody", "value": "two"}, 3]}
    found = of(json.dumps({"items": [item | {"body": choice}, item | {"bodyValue": "three"}]}))
    assert marks(found) == [("x", "one\n\ntwo"), ("x", "three")]


def test_a_style_of_calibre_that_is_a_word_keeps_no_note_away() -> None:
    mark = {"highlighted_text": "closed", "notes": "why?", "style": "green"}
    (one,) = of(json.dumps({"type": "calibre_highlights", "highlights": [mark]})).notes
    assert (one.exact, one.note, one.colour) == ("closed", "why?", "green")


def test_half_a_character_at_the_edge_of_a_context_keeps_no_note_away() -> None:
    quoted = {"type": "TextQuoteSelector", "exact": "x\ud800", "prefix": "\udf00 a", "suffix": "b"}
    target = {"source": "s", "selector": [quoted]}
    theirs = {"id": "i", "uri": "http://s", "text": "n", "target": [target]}
    for whole in ({"annotations": [theirs]}, {"items": [{"type": "Annotation", "target": target}]}):
        (one,) = of(json.dumps(whole)).notes
        assert (one.exact, one.prefix, one.suffix) == ("x?", "? a", "b")


def test_a_bookmark_of_calibre_stays_one() -> None:
    mark = {"type": "bookmark", "title": "here", "pos": "epubcfi(/1)"}
    told = {"type": "calibre_annotation_collection", "annotations": [{"annotation": mark}]}
    (one,) = of(json.dumps(told)).notes
    assert (one.motivation, one.note, one.place) == ("bookmarking", "here", "epubcfi(/1)")
