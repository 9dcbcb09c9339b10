"""What is printed on page after page and is no part of the text: heads, numbers, watermarks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from reader.importers.pdf.file import Sheet
from reader.importers.pdf.lines import Line
from reader.importers.pdf.numbers import numbers_what_follows
from reader.importers.pdf.word import Word
from reader.model.left_out import Reason

_MARGIN = 0.13
_NUMBER_MARGIN = 0.2
_MOST_MARGIN_LINES = 4
_SAME_PLACE_PT = 15.0
_FEW_PAGES = 5
_SET_LEADING = 1.45
_WORDS_SET = 6
_LINES_SET = 3
# So many lines of other columns may stand level with a line and the next of its own.
_MOST_BETWEEN = 6
_LARGEST = 1.6
_TITLE = 1.25
# What is larger than the text and begins with a number is a heading: "2 Doses".
_COUNTING = 1.1
_LETTERS = 3
_HUGE = 2.2
# Enough words to know which size most have.
_SAMPLED = 7
_LARGE = 1.8
_NUMBER = re.compile(r"\d+|\b[ivxlc]{1,7}\b")
_BARE_NUMBER = re.compile(
    r"\W*(?:page|seite|p\.?|pp\.?)?\W*0\W*(?:(?:of|von|de|sur|/|\|)\W*0)?\W*", re.I
)

_FOLIO = re.compile(r"[0-9]{1,5}")

Pages = list[list[Line]]
Found = list[tuple[Reason, Line]]


def watermarks(pages: Sequence[Sequence[Word]]) -> set[int]:
    """The words, by identity, that lie across the text of pages as a watermark does.

    They stand askew, and are large or on several pages; or they are level, far larger than all
    text and at one place of several pages.
    """
    sizes = Counter(word.size for words in pages for word in words[::_SAMPLED])
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    needed = 2 if len(pages) <= _FEW_PAGES else 3
    places: dict[tuple[str, int, int], set[int]] = defaultdict(set)
    likely: list[tuple[Word, tuple[str, int, int]]] = []
    huge = _HUGE * size
    for number, words in enumerate(pages):
        for word in [word for word in words if word.askew or word.size > huge]:
            if word.askew:
                key = (_NUMBER.sub("0", word.text.casefold()), 0, 0)
            elif sum(map(str.isalpha, word.text)) >= _LETTERS and _lies_over(word, words):
                places_pt = (word.left / _SAME_PLACE_PT, word.top / _SAME_PLACE_PT)
                key = (word.text, round(places_pt[0]), round(places_pt[1]))
            else:
                continue
            places[key].add(number)
            likely.append((word, key))
    return {
        id(word)
        for word, key in likely
        if len(places[key]) >= needed or (word.askew and word.size > _LARGE * size)
    }


def _lies_over(word: Word, words: Sequence[Word]) -> bool:
    """Whether other words are printed where a word stands."""
    return any(
        word.left < (other.left + other.right) / 2 < word.right
        and word.top < (other.top + other.bottom) / 2 < word.bottom
        for other in words
        if other is not word
    )


def without_furniture(
    pages: Sequence[list[Line]], sheets: Sequence[Sheet]
) -> tuple[Pages, list[Found]]:
    """The lines of each page without what the margins of others repeat, and what was left out."""
    seen: dict[tuple[bool, str], list[tuple[int, float, Line]]] = defaultdict(list)
    sizes = Counter(line.size for lines in pages for line in lines)
    # Numbers as large as titles are those of chapters.
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    largest = _LARGEST * body
    for lines, sheet in zip(pages, sheets, strict=True):
        for above, line in _marginal(lines, sheet):
            key = _NUMBER.sub("0", line.text.casefold())
            if line.size > largest and _BARE_NUMBER.fullmatch(key):
                continue
            turned = bool(line.words[0].turned)
            middle = (line.frame[1] + line.frame[3]) / 2
            place = middle if above else sheet.height_pt - middle
            marginal = turned or place <= _MARGIN * sheet.height_pt
            if _BARE_NUMBER.fullmatch(key) or (marginal and sum(map(str.isalpha, key)) >= 3):
                seen[above, key].append((line.page, place, line))
            ends = {line.text.split()[0], line.text.split()[-1]}
            counts = marginal and line.size <= _COUNTING * body
            for number in (int(token) for token in ends if counts and _FOLIO.fullmatch(token)):
                # Heads that change with the chapter still count the pages.
                seen[above, f"counts {number - line.page}"].append((line.page, place, line))
    needed = 2 if len(pages) <= _FEW_PAGES else 3
    dropped: dict[int, Reason] = {}
    for (_, key), found in seen.items():
        bare = _BARE_NUMBER.fullmatch(key)
        # What is printed large on page after page is a title, the first time.
        first = min(found, key=lambda one: one[0])[2]
        titled = first if first.size > _TITLE * body else None
        said = Counter(line.text for _, _, line in found)
        for page, line, pages_near in _with_near(found):
            if said[line.text] == 1 and numbers_what_follows(line, pages[page - 1], body):
                # Each chapter says so once, at one place of its first page.
                continue
            alone = bare and sheets[page - 1].label in line.text.split()
            if line is not titled and (pages_near >= needed or alone):
                dropped.setdefault(id(line), "page number" if bare else "running head")
    for lines in pages:
        _keep_set(lines, dropped, body)
    kept: Pages = []
    left_out: list[Found] = []
    for lines in pages:
        rest = [line for line in lines if id(line) not in dropped]
        # A page that says nothing else is no page of furniture.
        kept.append(rest or lines)
        gone = [(dropped[id(line)], line) for line in lines if id(line) in dropped]
        left_out.append(gone if rest else [])
    return kept, left_out


def _keep_set(lines: Sequence[Line], dropped: dict[int, Reason], body: float) -> None:
    """Take back what is no head or foot: lines that are set as one with the text of the page.

    So are lines that hang on text, and three lines or more that are a paragraph by themselves.
    """
    if not any(id(line) in dropped and len(line.words) >= _WORDS_SET for line in lines):
        return
    level = [line for line in lines if not line.words[0].turned]
    down = sorted(level, key=lambda line: line.baseline)
    run: list[Line] = []
    for line in down:
        is_text = len(line.words) >= _WORDS_SET and line.size > 0.97 * body
        if not (is_text and id(line) in dropped):
            run = []
            continue
        run = [*run, line] if run and _set_as_one(run[-1], line) else [line]
        for one in run if len(run) >= _LINES_SET else []:
            dropped.pop(id(one), None)
    for order in (down, down[::-1]):
        for number, line in enumerate(order):
            if id(line) in dropped:
                continue
            # From the text outwards: what hangs on the text holds what hangs on it.
            other = _next_in_column(line, order[number + 1 : number + 1 + _MOST_BETWEEN])
            hangs = other is not None and id(other) in dropped and len(other.words) >= _WORDS_SET
            if other is not None and hangs and _set_as_one(line, other):
                del dropped[id(other)]


def _next_in_column(line: Line, order: Sequence[Line]) -> Line | None:
    """The next line of an order that stands above or below a line, and not beside it."""
    left, _, right, _ = line.frame
    return next((one for one in order if one.frame[0] < right and one.frame[2] > left), None)


def _set_as_one(line: Line, other: Line) -> bool:
    """Whether two lines that follow each other are set as lines of a paragraph are."""
    apart = abs(line.baseline - other.baseline) / max(line.size, 1.0)
    shared = min(line.frame[2], other.frame[2]) - max(line.frame[0], other.frame[0])
    wide = other.frame[2] - other.frame[0]
    if abs(line.frame[0] - other.frame[0]) < 0.2 * line.size:
        # The last line of a paragraph may be short.
        wide = min(wide, line.frame[2] - line.frame[0])
    return (
        apart < _SET_LEADING
        and abs(line.size - other.size) < 0.2
        and line.bold == other.bold
        and shared > 0.5 * wide
    )


def _with_near(found: list[tuple[int, float, Line]]) -> Iterator[tuple[int, Line, int]]:
    """Each page and line, with on how many pages one of the lines has nearly the same place."""
    found = sorted(found, key=lambda one: one[1])
    near: Counter[int] = Counter()
    low = high = 0
    for page, place, line in found:
        while high < len(found) and found[high][1] - place <= _SAME_PLACE_PT:
            near[found[high][0]] += 1
            high += 1
        while place - found[low][1] > _SAME_PLACE_PT:
            near[found[low][0]] -= 1
            if not near[found[low][0]]:
                del near[found[low][0]]
            low += 1
        yield page, line, len(near)


def _marginal(lines: Sequence[Line], sheet: Sheet) -> list[tuple[bool, Line]]:
    """The level lines in the upper margin (True) and in the lower one (False) of a page.

    What stands upright, beside the text, counts as above.
    """
    # Rows that are drawn as a grid belong to their table, also where each page repeats them.
    level = [line for line in lines if not line.words[0].turned and line.cell is None]
    down = sorted(level, key=lambda line: line.frame[1])
    upper = [
        (True, line)
        for line in down[:_MOST_MARGIN_LINES]
        if line.frame[3] <= _NUMBER_MARGIN * sheet.height_pt
    ]
    lower = [
        (False, line)
        for line in down[-_MOST_MARGIN_LINES:]
        if line.frame[1] >= (1 - _NUMBER_MARGIN) * sheet.height_pt
    ]
    return upper + lower + [(True, line) for line in lines if line.words[0].turned]
