"""Which paragraphs of a PDF are headings: by its bookmarks, else by its type."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reader.importers.pdf.file import Bookmark, Sheet
from reader.importers.pdf.leading import main_size
from reader.importers.pdf.numbers import depth, lettered, numbered
from reader.importers.pdf.paragraphs import BULLET, Paragraph
from reader.importers.prose.headings import REFERENCES, is_known, section_kind
from reader.model.document import SectionKind

WORDS_A_HEADING = 60
_LONGEST = 160
_MOST_WORDS = 22
_MOST_LINES = 4
_LARGER = 1.09
_LONGEST_RUN_IN = 400
_CAPTION = re.compile(r"(table|figure|fig|box|panel|exhibit|plate)\.? ?[A-Z]?\d+\b", re.I)
_WORDS = re.compile(r"[^\W_]+")
_NEAR_PT = 60.0
_SHARED = 0.6
_NOT_LETTERS = re.compile(r"[\W_]+")
_FOLIO = re.compile(r"(?:page|slide|seite)\s*\d+|\d+|blank page", re.I)
_DOTS = re.compile(r"\.{4,}|(?:\. ){4,}")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the document: `number` is printed before its title; `level` is 1 at the top.

    `paragraph` is where it is printed, by its place among the paragraphs; `printed` is false where
    it is not, and is to be added before that paragraph. `page` counts from 1.
    """

    paragraph: int
    page: int
    number: str | None
    title: str
    level: int
    kind: SectionKind
    printed: bool = True


def by_bookmarks(
    marks: Sequence[Bookmark],
    paragraphs: Sequence[Paragraph],
    sheets: Sequence[Sheet],
    title: int | None,
) -> list[Heading]:
    """The headings that the file's outline names, in the order of the text.

    `title` is the paragraph that is the document's title, and no heading. Empty when the outline
    says no more than which pages there are.
    """
    named = [mark for mark in marks if not _FOLIO.fullmatch(mark.title)]
    if len(named) < 2 or len({(mark.page, mark.y) for mark in named}) < 2:
        return []
    on: dict[int, list[int]] = {}
    for i, paragraph in enumerate(paragraphs):
        for page in {line.page for line in paragraph.lines}:
            on.setdefault(page, []).append(i)
    found: dict[int, Heading] = {}
    added: list[Heading] = []
    bare_title = _bare(paragraphs[title].text) if title is not None else ""
    for mark in named:
        if bare_title and _bare(mark.title) == bare_title:
            continue
        number, name = numbered(mark.title)
        place = _printed_at(mark, paragraphs, on.get(mark.page, []), sheets, found)
        if place is None:
            place = _near(mark, paragraphs, on.get(mark.page, []), sheets, found)
        if place is not None and place != title:
            number = number or numbered(paragraphs[place].text)[0]
            found[place] = Heading(place, mark.page, number, name, mark.level, section_kind(name))
        else:
            i = _first_below(mark, paragraphs, on, sheets)
            kind = section_kind(name)
            added.append(Heading(i, mark.page, number, name, mark.level, kind, printed=False))
    body = main_size(line for paragraph in paragraphs for line in paragraph.lines)
    for i, paragraph in enumerate(paragraphs):
        name = numbered(paragraph.text)[1]
        # What outlines often leave out, but readers look for.
        left_out = section_kind(name) == "abstract" or REFERENCES.fullmatch(name.rstrip(":"))
        if i not in found and i != title and left_out and _style(paragraph, body) is not None:
            found[i] = Heading(i, paragraph.page, None, name, 1, section_kind(name))
    return sorted([*added, *found.values()], key=lambda h: (h.paragraph, h.printed))


def _bare(text: str) -> str:
    return _NOT_LETTERS.sub("", text).casefold()


def _printed_at(
    mark: Bookmark,
    paragraphs: Sequence[Paragraph],
    candidates: Sequence[int],
    sheets: Sequence[Sheet],
    taken: dict[int, Heading],
) -> int | None:
    wanted = _bare(mark.title)
    short = _bare(numbered(mark.title)[1]) or wanted
    fitting = []
    for i in candidates:
        text = paragraphs[i].text
        if i in taken or len(text) > _LONGEST_RUN_IN or _DOTS.search(text):
            continue
        printed = _bare(text)
        bare = _bare(numbered(text)[1]) or printed
        same = printed in (wanted, short) or bare in (wanted, short)
        long_enough = len(printed) >= 8 or len(paragraphs[i].lines) == 1
        part = long_enough and wanted and wanted.endswith(bare) and len(bare) >= 0.5 * len(wanted)
        if same or part:
            fitting.append((not same, _distance(mark, paragraphs[i], sheets), i))
    return min(fitting)[2] if fitting else None


def _near(
    mark: Bookmark,
    paragraphs: Sequence[Paragraph],
    candidates: Sequence[int],
    sheets: Sequence[Sheet],
    taken: dict[int, Heading],
) -> int | None:
    """The paragraph just where a bookmark leads, if most of its words are those of the bookmark."""
    if mark.y is None:
        return None
    wanted = set(_WORDS.findall(mark.title.casefold()))
    best: tuple[float, int] | None = None
    for i in candidates:
        paragraph = paragraphs[i]
        far = _distance(mark, paragraph, sheets)
        here = paragraph.lines[0].page == mark.page and far < _NEAR_PT and i not in taken
        if not here or paragraph.tabular or len(paragraph.text) > _LONGEST:
            continue
        words = set(_WORDS.findall(paragraph.text.casefold()))
        if wanted and len(words & wanted) >= _SHARED * max(len(words), len(wanted)):
            best = min(best or (far, i), (far, i))
    return None if best is None else best[1]


def _top(mark: Bookmark, sheets: Sequence[Sheet]) -> float:
    """How far down its page a bookmark leads, in points."""
    return sheets[mark.page - 1].shown(0, mark.y)[1] if mark.y is not None else 0.0


def _distance(mark: Bookmark, paragraph: Paragraph, sheets: Sequence[Sheet]) -> float:
    return abs(paragraph.lines[0].frame[1] - _top(mark, sheets)) if mark.y is not None else 0.0


def _first_below(
    mark: Bookmark,
    paragraphs: Sequence[Paragraph],
    on: dict[int, list[int]],
    sheets: Sequence[Sheet],
) -> int:
    """The first paragraph that begins at or below where a bookmark leads."""
    top = _top(mark, sheets) - 4.0
    for i in on.get(mark.page, []):
        first = paragraphs[i].lines[0]
        if first.page == mark.page and first.frame[3] >= top:
            return i
    later = (i for i, p in enumerate(paragraphs) if p.page > mark.page)
    return next(later, len(paragraphs))


def by_type(paragraphs: Sequence[Paragraph], title: int | None) -> list[Heading]:
    """The headings that stand out by size, weight or wording.

    Empty when there is more than one for 150 words: then it is not headings that stand out.
    """
    body = main_size(line for paragraph in paragraphs for line in paragraph.lines)
    roman = lettered(paragraphs)
    words = sum(len(line.words) for paragraph in paragraphs for line in paragraph.lines)
    begun = _first_of_text(paragraphs, title, body)
    found = {
        i: style
        for i, paragraph in enumerate(paragraphs)
        if i != title
        and i not in roman
        and (style := _style(paragraph, body)) is not None
        and (i >= begun or is_known(numbered(paragraph.text)[1]))
    }
    known = {i for i in found if is_known(numbered(paragraphs[i].text)[1].rstrip(":"))}
    ranks = sorted(set(found.values()), reverse=True)
    while (len(found) - len(known)) * WORDS_A_HEADING > max(words, WORDS_A_HEADING):
        weakest = max(ranks.index(style) for i, style in found.items() if i not in known)
        found = {i: s for i, s in found.items() if s != ranks[weakest] or i in known}
    headings = []
    counted = sum(numbered(paragraphs[i].text)[0] is not None for i in found) >= 2
    for i, style in found.items():
        number, name = numbered(paragraphs[i].text)
        level = 1 + ranks.index(style)
        if counted and number is not None:
            level = depth(number)
        elif counted and is_known(name.rstrip(":")):
            level = 1
        if roman:
            # Those without a number stand beside those with Roman ones, or below the letters.
            level = 1 if is_known(name.rstrip(":")) else min(level + 2, 6)
        kind = section_kind(name)
        headings.append(Heading(i, paragraphs[i].page, number, name, min(level, 6), kind))
    for i, (number, name, level) in roman.items():
        headings.append(Heading(i, paragraphs[i].page, number, name, level, section_kind(name)))
    return sorted(headings, key=lambda heading: heading.paragraph)


def _first_of_text(paragraphs: Sequence[Paragraph], title: int | None, body: float) -> int:
    """The paragraph before which names and places stand, as large as headings: the first heading.

    That is what stands just above the first running text below the title.
    """
    if title is None:
        return 0
    for i in range(title + 1, len(paragraphs)):
        paragraph = paragraphs[i]
        if len(paragraph.lines) > 2 and abs(paragraph.size - body) < 0.05 * body:
            return i - 1
    return title + 1


def _style(paragraph: Paragraph, body: float) -> tuple[float, bool, bool] | None:
    """How a paragraph stands out as a heading, larger for what ranks higher; None if it is none."""
    text = paragraph.text
    number, name = numbered(text)
    known = is_known(name.rstrip(":"))
    if (
        paragraph.tabular
        or len(text) > _LONGEST
        or len(text.split()) > _MOST_WORDS
        or len(paragraph.lines) > _MOST_LINES
        or text.endswith((".", ",", ";"))
        or BULLET.match(text)
        or _CAPTION.match(text)
        or _DOTS.search(text)
        or not any(c.isalpha() for c in name)
        or sum(c.isalpha() for c in name) < 0.5 * len(name)
        or (number is None and name.split()[0].islower())
        or paragraph.lines[0].words[0].turned
    ):
        return None
    size = paragraph.size / body if body else 1.0
    capitals = name.isupper() and sum(c.isalpha() for c in name) >= 4
    stands_out = size >= _LARGER or (size >= 0.97 and paragraph.bold)
    worded = known and (size >= 0.9 or capitals)
    set_off = number is not None and (paragraph.bold or paragraph.italic or size >= _LARGER)
    if not (stands_out or worded or set_off):
        return None
    if worded and not (stands_out or set_off):
        return 1.0, True, True
    return round(max(size, 1.0), 1), paragraph.bold, capitals


def is_reference_list(heading: Heading) -> bool:
    """Whether references stand under a heading."""
    return REFERENCES.fullmatch(heading.title.rstrip(":")) is not None
