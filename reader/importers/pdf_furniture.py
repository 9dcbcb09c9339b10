"""What is printed on page after page and is no part of the text: running heads, page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from reader.importers.pdf_file import Sheet
from reader.importers.pdf_lines import Line

_MARGIN = 0.13
_NUMBER_MARGIN = 0.2
_MOST_MARGIN_LINES = 4
_SAME_PLACE_PT = 15.0
_FEW_PAGES = 5
_NUMBER = re.compile(r"\d+|\b[ivxlc]{1,7}\b")
_BARE_NUMBER = re.compile(
    r"\W*(?:page|seite|p\.?|pp\.?)?\W*0\W*(?:(?:of|von|de|sur|/|\|)\W*0)?\W*", re.I
)

_FOLIO = re.compile(r"[0-9]{1,5}")

Pages = list[list[Line]]


def without_furniture(pages: Sequence[list[Line]], sheets: Sequence[Sheet]) -> tuple[Pages, Pages]:
    """The lines of each page without what the margins of others repeat, and what was left out."""
    seen: dict[tuple[bool, str], list[tuple[int, float, Line]]] = defaultdict(list)
    for lines, sheet in zip(pages, sheets, strict=True):
        for above, line in _marginal(lines, sheet):
            key = _NUMBER.sub("0", line.text.casefold())
            turned = bool(line.words[0].turned)
            middle = (line.frame[1] + line.frame[3]) / 2
            place = middle if above else sheet.height_pt - middle
            marginal = turned or place <= _MARGIN * sheet.height_pt
            if _BARE_NUMBER.fullmatch(key) or (marginal and sum(map(str.isalpha, key)) >= 3):
                seen[above, key].append((line.page, place, line))
            ends = {line.text.split()[0], line.text.split()[-1]}
            for number in (int(token) for token in ends if marginal and _FOLIO.fullmatch(token)):
                # Heads that change with the chapter still count the pages.
                seen[above, f"counts {number - line.page}"].append((line.page, place, line))
    needed = 2 if len(pages) <= _FEW_PAGES else 3
    dropped: set[int] = set()
    for (_, key), found in seen.items():
        bare = _BARE_NUMBER.fullmatch(key)
        for page, line, pages_near in _with_near(found):
            alone = bare and sheets[page - 1].label in line.text.split()
            if pages_near >= needed or alone:
                dropped.add(id(line))
    kept: Pages = []
    left_out: Pages = []
    for lines in pages:
        rest = [line for line in lines if id(line) not in dropped]
        # A page that says nothing else is no page of furniture.
        kept.append(rest or lines)
        left_out.append([line for line in lines if id(line) in dropped] if rest else [])
    return kept, left_out


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
    level = [line for line in lines if not line.words[0].turned]
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
