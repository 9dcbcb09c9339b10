"""What the paragraphs of a word processor are together: title, headings, references, captions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import etree

from reader.importers.html.headings import kind_of, take_numbers
from reader.importers.html.note_lists import CITED_SHARE, PRINTED
from reader.importers.prose.references import looks_cited
from reader.importers.word.parts import Omitted, Paragraph, Part, Table, paragraphs_in

LONGEST_HEADING = 120
_MOST_WORDS = 16
LONGEST_CAPTION = 2000
_LARGEST_SHARE = 0.4
_TITLES = ("title", "titel")
_TABLE_LABEL = re.compile(r"\s*(supplementary |appendix )?tab(le|elle|leau|ela|ella|\.)\s*\w", re.I)
_FIGURE_LABEL = re.compile(
    r"\s*(supplementary |appendix )?(fig(ure|\.)?|abb(ildung|\.)|scheme|chart|graph|photo|image"
    r"|plate)\s*[A-Z]?\d",
    re.IGNORECASE,
)
_CONTENTS_LINE = re.compile(r"[\s.…]*\d*\s*$")


def take_title(parts: Sequence[Part]) -> Paragraph | None:
    """The paragraph that is the title by its style; it is marked so, others are headings."""
    title: Paragraph | None = None
    for paragraph in paragraphs_in(parts):
        if paragraph.style in _TITLES and paragraph.text.strip():
            if title is None:
                title = paragraph
                paragraph.kind, paragraph.level = "title", 0
            else:
                paragraph.level = 1
    return title


def find_headings(parts: Sequence[Part]) -> Paragraph | None:
    """Marks headings, with their numbers; gives the one that reads like a title.

    Where no style makes a heading, short lines that are bold throughout are.
    """
    paragraphs = paragraphs_in(parts)
    top: Paragraph | None = None
    if not any(p.level and p.text.strip() for p in paragraphs):
        top = _bold_headings(parts)
    headings = [p for p in paragraphs if p.level and p.text.strip() and p.kind != "title"]
    typed = [p for p in headings if p.number is None or not p.number.label or p.number.is_bullet]
    elements = {etree.Element("h1"): paragraph for paragraph in typed}
    for element, paragraph in elements.items():
        element.text = paragraph.text
    for element, (number, _printed) in take_numbers(iter(elements)).items():
        paragraph = elements[element]
        paragraph.skip = len(paragraph.text) - len(element.text or "")
        paragraph.label = number
    for heading in headings:
        heading.kind = "heading"
        if heading.number is not None and not heading.number.is_bullet and not heading.label:
            label = heading.number.label
            heading.label = label if label.startswith("(") else label.rstrip(".):")
    _say_kinds(headings)
    return top


def _say_kinds(headings: Sequence[Paragraph]) -> None:
    faq_level = 0
    for heading in headings:
        words = " ".join(heading.text[heading.skip :].split())
        kind = kind_of(words)
        if kind == "faq":
            faq_level = heading.level
        elif faq_level and heading.level > faq_level and words.endswith("?"):
            kind = "question"
        elif heading.level <= faq_level:
            faq_level = 0
        heading.section = "body" if kind == "references" else kind


def _bold_headings(parts: Sequence[Part]) -> Paragraph | None:
    """Make headings of bold lines; return the first if it stands over all others."""
    shown = [p for p in parts if not isinstance(p, Paragraph) or p.text.strip()]
    found = [i for i, part in enumerate(shown) if _may_head(part, shown[i + 1 : i + 2])]
    # Several in a row are a text in bold, not headings of nothing.
    rows = [{i - k, i - k + 1, i - k + 2} for i in found for k in range(3)]
    found = [i for i in found if not any(i in row and row <= set(found) for row in rows)]
    if not found or (len(found) > max(1, _LARGEST_SHARE * len(shown)) and len(shown) > 2):
        return None
    headings = [p for i in found if isinstance(p := shown[i], Paragraph)]
    sizes = sorted({heading.size for heading in headings}, reverse=True)
    for heading in headings:
        heading.level = min(sizes.index(heading.size), 5) + 1
    top = headings[0]
    alone = sum(heading.level == 1 for heading in headings) == 1
    is_top = found[0] == 0 and top.level == 1 and alone and len(headings) > 1
    return top if is_top else None


def _may_head(part: Part, following: Sequence[Part]) -> bool:
    if not isinstance(part, Paragraph) or part.kind != "paragraph" or not part.is_bold:
        return False
    text = " ".join(part.text.split())
    return (
        len(text) <= LONGEST_HEADING
        and len(text.split()) <= _MOST_WORDS
        and not text.endswith((".", ",", ";", ":", "!"))
        and any(map(str.isalpha, text))
        and "\n" not in part.text.strip()
        and not _TABLE_LABEL.match(text)
        and not _FIGURE_LABEL.match(text)
        and bool(following)
    )


def find_references(parts: Sequence[Part]) -> set[str]:
    """Mark the entries of reference lists; return their labels."""
    labels: set[str] = set()
    for heading, own in _sections(parts):
        if kind_of(heading.text[heading.skip :]) != "references":
            continue
        entries = [p for p in own if p.text.strip() and p.kind in ("paragraph", "list_item")]
        printed = [_printed(p) for p in entries]
        labelled = sum(bool(label) for label, _ in printed)
        cited = sum(looks_cited(" ".join(p.text.split())) for p in entries)
        known = len(entries) > 1 and cited >= CITED_SHARE * len(entries)
        if not entries or (labelled * 2 <= len(entries) and not known):
            continue
        found = [label or str(i) for i, (label, _) in enumerate(printed, start=1)]
        if labels.intersection(found) or len(set(found)) < len(found):
            continue
        heading.section = "references"
        labels.update(found)
        for entry, label, (_, skip) in zip(entries, found, printed, strict=True):
            entry.kind, entry.label, entry.skip = "reference", label, skip
    return labels


def _sections(parts: Sequence[Part]) -> Iterator[tuple[Paragraph, list[Paragraph]]]:
    heading: Paragraph | None = None
    own: list[Paragraph] = []
    for paragraph in paragraphs_in(parts):
        if paragraph.kind == "heading":
            if heading is not None:
                yield heading, own
            heading, own = paragraph, []
        else:
            own.append(paragraph)
    if heading is not None:
        yield heading, own


def _printed(paragraph: Paragraph) -> tuple[str, int]:
    """The label of an entry, and how many of its characters are that label."""
    if paragraph.number is not None and not paragraph.number.is_bullet:
        return paragraph.number.label.strip("[](). "), 0
    found = PRINTED.match(paragraph.text)
    if found is None or found.end() == len(paragraph.text):
        return "", 0
    return next((group for group in found.groups() if group), ""), found.end()


def without_contents(parts: Sequence[Part]) -> list[Part]:
    """The parts without a printed table of contents, if its lines are headings of the text."""
    lines = [p for p in paragraphs_in(parts) if p.in_contents and p.text.strip()]
    titles = {_bare(p.text[p.skip :]) for p in paragraphs_in(parts) if p.kind == "heading"}
    titles |= {_bare(p.text) for p in paragraphs_in(parts) if p.kind == "heading"}
    known = [p for p in lines if _is_line_of(p.text, titles)]
    if len(known) < 2 or len(known) < 0.8 * len(lines):
        return list(parts)
    out: list[Part] = []
    for part in parts:
        is_line = isinstance(part, Paragraph) and part.in_contents
        is_title = isinstance(part, Paragraph) and part.style == "toc heading"
        if isinstance(part, Paragraph) and (is_line or is_title) and part.text.strip():
            out.append(Omitted("printed contents", part.text))
            hidden = [e for e in part.events if e.kind == "left_out"]
            out += [Omitted(event.reason, event.text) for event in hidden]
        else:
            out.append(part)
    return out


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _is_line_of(text: str, titles: set[str]) -> bool:
    """Whether a line is a heading with its page, and perhaps its number before it."""
    title = _CONTENTS_LINE.sub("", text)
    while title:
        if _bare(title) in titles or _bare(text) in titles:
            return True
        _, _, title = title.partition(" ")
        if not title[:1].isalpha():
            title = title.lstrip()
            continue
        return _bare(title) in titles
    return False


def take_captions(parts: Sequence[Part]) -> list[Part]:
    """The parts with the titles of tables in their tables: the line before one that says so."""
    out: list[Part] = []
    for part in parts:
        before = out[-1] if out else None
        while isinstance(before, Paragraph) and not before.events and len(out) > 1:
            out.pop()
            before = out[-1]
        if isinstance(part, Table) and isinstance(before, Paragraph) and _is_caption(before):
            part.caption = before
            out[-1] = part
        else:
            out.append(part)
    return out


def _is_caption(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if paragraph.kind not in ("paragraph", "list_item") or not 0 < len(text) <= LONGEST_CAPTION:
        return False
    if _FIGURE_LABEL.match(text):
        return False
    return paragraph.style == "caption" or _TABLE_LABEL.match(text) is not None


def is_figure_caption(part: Part | None) -> bool:
    """Whether a paragraph says what the picture before it shows."""
    if not isinstance(part, Paragraph) or part.kind not in ("paragraph", "list_item"):
        return False
    text = part.text
    if not 0 < len(text.strip()) <= LONGEST_CAPTION or _TABLE_LABEL.match(text):
        return False
    return part.style == "caption" or _FIGURE_LABEL.match(text) is not None


def find_header(table: Table) -> None:
    """Make a first row the header that is bold where nothing below is."""
    if any(cell.is_header for cell in table.cells):
        return
    rows: dict[int, list[Paragraph]] = {}
    for cell in table.cells:
        own = [p for p in cell.parts if isinstance(p, Paragraph) and p.text.strip()]
        rows.setdefault(cell.row, []).extend(own)
    first, second = rows.get(0, []), rows.get(1, [])
    is_header = len(first) > 1 and bool(second) and all(p.is_bold for p in first)
    if is_header and not all(p.is_bold for p in second):
        for cell in table.cells:
            cell.is_header = cell.row == 0


def without_signs(shown: list[str], parts: Sequence[Part]) -> list[str]:
    """The runs without the points and brackets round printed numbers that stand beside the text.

    "1. Scope" is a heading "Scope" of number "1".
    """
    left = list(shown)
    for paragraph in paragraphs_in(parts):
        if paragraph.skip:
            gone = Counter(paragraph.text[: paragraph.skip]) - Counter(paragraph.label)
            for sign in gone.elements():
                at = next((i for i, run in enumerate(left) if sign in run), -1)
                if at >= 0 and not sign.isalnum():
                    left[at] = left[at].replace(sign, "", 1)
    return left
