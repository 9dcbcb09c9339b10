"""What the first page of a PDF says of the document: its title, authors, DOI and date."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.importers.pdf.headings import Heading, is_reference_list
from reader.importers.pdf.leading import main_size
from reader.importers.pdf.lines import Line
from reader.importers.pdf.paragraphs import Paragraph
from reader.importers.prose.headings import is_known, split_number
from reader.importers.prose.lines import date_in
from reader.model.identifiers import find_doi

_LONGEST_TITLE = 300
_LARGER = 1.15
_FEWEST_WORDS = 3
# Lines that name this document's DOI, and lines that name another's.
_CITE_THIS = re.compile(r"\b(?:cite (?:this|as)|citation|to cite)\b", re.IGNORECASE)
_OF_ANOTHER = re.compile(
    r"\b(?:comment(?:ary)? (?:on|to)|correct(?:s|ion to|ion of)|errat(?:um|a)|corrigend(?:um|a)"
    r"|retract(?:s|ion)|repl(?:y|ies) to|see also|related article|companion|supplement(?:ary)?"
    r"|data(?:set)? (?:at|available))\b",
    re.IGNORECASE,
)
_UPPER, _LOWER = 0.4, 0.75
_PUBLISHED = re.compile(r"\bpublished(?: online)?(?: first)?(?: on)?:?\s+(.{4,40})", re.I)
_RIGHTS = re.compile(
    r"(?:©|\bcopyright|\(c\))\s*(?:©\s*)?(?:[^\W\d]+\s+){0,4}((?:19|20)\d\d)\b", re.I
)
_NAME = re.compile(
    r"[A-ZÀ-Þ][\w’'.-]*(?:\s+(?:[A-ZÀ-Þ][\w’'.-]*|de|da|di|du|del|van|von|der|den|la|le|el|bin|al))+"
)
_DEGREE = re.compile(
    r"(?:M\.?D\.?|Ph\.?D\.?|M\.?Sc\.?|B\.?Sc\.?|MPH|MBBS|FRCP|RN|DO|PharmD|Dr\.?|Prof\.?|Professor)\b"
)
_NOT_LETTERS = re.compile(r"[\W_]+")
_NO_NAME = re.compile(
    r"\b(university|department|hospital|institute|school|college|centre|center|journal|abstract|"
    r"inc|ltd|press|review|report|guideline|page|volume|article|received|january|february|march|"
    r"april|may|june|july|august|september|october|november|december)\b",
    re.I,
)


def find_title(paragraphs: Sequence[Paragraph], told: str) -> int | None:
    """The paragraph that is the title, on the first page: what the file tells, else the largest."""
    first = [i for i, p in enumerate(paragraphs[:60]) if p.page == 1]
    wanted = _bare(told)
    for i in first:
        text = _bare(paragraphs[i].text)
        if (
            wanted
            and not paragraphs[i].tabular
            and (text == wanted or (len(text) > 20 and text in wanted))
        ):
            return i
    body = main_size(line for paragraph in paragraphs for line in paragraph.lines)
    fit = [i for i in first if _may_be_title(paragraphs[i], body)]
    if not fit:
        return None
    largest = max(paragraphs[i].size for i in fit)
    # The name of a journal or a kind of article may be set larger, but says less.
    telling = [
        i
        for i in fit
        if len(paragraphs[i].text.split()) >= 4 and paragraphs[i].size >= 0.75 * largest
    ]
    return max(telling or fit, key=lambda i: (paragraphs[i].size, -i))


def is_part(text: str, told: str) -> bool:
    """Whether a printed text is the whole or a part of what the file tells."""
    return _bare(text) in _bare(told)


def better_told(paragraphs: Sequence[Paragraph], title: int | None, told: str) -> bool:
    """True if the metadata title should win over the largest text on page 1.

    It does when that text is part of it, or when at least 80 % of its words (of four letters or
    more) are printed on page 1.
    """
    if not told or title is None:
        return bool(told)
    if is_part(paragraphs[title].text, told):
        return True
    page = " ".join(p.text for p in paragraphs if p.page == 1).casefold()
    on_page = set(re.findall(r"\w+", page))
    words = re.findall(r"\w{4,}", told.casefold())
    return len(words) >= _FEWEST_WORDS and sum(w in on_page for w in words) >= 0.8 * len(words)


def _may_be_title(paragraph: Paragraph, body: float) -> bool:
    text = paragraph.text
    return (
        paragraph.size >= _LARGER * body
        and not paragraph.tabular
        and len(text.split()) <= 45
        and len(text) >= 4
        and len(text) <= _LONGEST_TITLE
        and sum(c.isalpha() for c in text) >= 0.6 * len(text)
        and not is_known(split_number(text)[1].rstrip(":"))
        and not paragraph.lines[0].words[0].turned
    )


def _bare(text: str) -> str:
    return _NOT_LETTERS.sub("", text).casefold()


def find_authors(
    paragraphs: Sequence[Paragraph], title: int | None, headings: Sequence[Heading]
) -> tuple[str, ...]:
    """The names in the line below the title, if nothing else stands there."""
    if title is None:
        return ()
    known = {heading.paragraph for heading in headings if heading.number or heading.level > 1}
    for i in range(title + 1, min(title + 3, len(paragraphs))):
        names = _names(paragraphs[i]) if i not in known else ()
        if names:
            return names
    return ()


def _names(paragraph: Paragraph) -> tuple[str, ...]:
    lines = [
        "".join(
            ("" if word.glued else " ") + word.text for word in line.words if word.shift <= 0
        ).strip()
        for line in paragraph.lines
    ]
    # Lines that are a name each need nothing to part them.
    alone = all(_NAME.fullmatch(line) and len(line.split()) < 5 for line in lines)
    level = (", " if alone else " ").join(lines)
    bare = re.sub(r"[\d*∗†‡§¶#$+]+", ",", re.sub(r"^\s*by\s+", "", level, flags=re.I))
    parts = [part.strip(" .") for part in re.split(r",|;|&|·|\band\b", bare)]
    parts = [part for part in parts if part and not _DEGREE.fullmatch(part)]
    if not parts or len(level) > 1500:
        return ()
    sure = all(_NAME.fullmatch(p) and len(p) < 50 and not _NO_NAME.search(p) for p in parts)
    return tuple(dict.fromkeys(parts)) if sure else ()


def front_lines(
    paragraphs: Sequence[Paragraph], headings: Sequence[Heading], furniture: Sequence[Line]
) -> list[Line]:
    """The lines that speak of the document itself: the first page's, but for references."""
    ends = [h.paragraph for h in headings if is_reference_list(h)]
    end = min(ends, default=len(paragraphs))
    own = [line for p in paragraphs[:end] if p.page == 1 for line in p.lines if line.page == 1]
    return [*own, *furniture]


def own_doi(lines: Sequence[Line], height_pt: float) -> str:
    """The DOI that heads and feet, or the upper and lower part of the first page, give.

    One in the middle is likely that of another document, which the text speaks of; so is one in a
    line about another, and so are all where there are several and nothing says which is its own.
    """
    outer = [
        (line, doi)
        for line in lines
        if (line.frame[1] < _UPPER * height_pt or line.frame[3] > _LOWER * height_pt)
        and not _OF_ANOTHER.search(line.text)
        and (doi := find_doi(line.text))
    ]
    upper = [(line, doi) for line, doi in outer if line.frame[1] < _UPPER * height_pt]
    cited = [(line, doi) for line, doi in outer if _CITE_THIS.search(line.text)]
    for some in (cited, outer, upper):
        if len({doi.lower() for _, doi in some}) == 1:
            return some[0][1]
    return ""


def find_published(lines: Sequence[Line]) -> str:
    """When the first page says that the document was published, ISO 8601, or the year of rights."""
    for line in lines:
        said = _PUBLISHED.search(line.text)
        if said and (date := date_in(said[1])):
            return date
    years = [year[1] for line in lines if (year := _RIGHTS.search(line.text))]
    return years[0] if years else ""
