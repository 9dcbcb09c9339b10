"""A word of a PDF's page, and what is told from words that stand side by side."""

from __future__ import annotations

from dataclasses import dataclass, field

from reader.model.left_out import Reason

SMALLER = 0.86
# What stands so far above or below its line, in sizes of it, is raised or lowered at nearly any
# size: WeasyPrint sets powers at 0.9 of it.
MOVED = 0.2
_NEARLY = 0.95
_MOVED_WHOLE = 0.28
# Words that are drawn twice, to look bold or to have a shadow, stand so close to each other.
_SAME_PLACE = 0.2
# Where so many words of a page are drawn twice, the others are, too.
_MANY = 10


@dataclass(slots=True)
class Word:
    """A run of characters without space on one line, all of one size.

    The box is in points from the shown page's top left; `baseline` is measured like its top and
    bottom. `turned` is how the run stands on the shown page: 0, 90, 180 or 270 degrees clockwise.
    `glued`: no space parts it from the run before. `broken`: the line's end cut it at a hyphen,
    which is no part of `text`. `shift` is 1 for raised runs and -1 for lowered ones.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    bold: bool = False
    italic: bool = False
    turned: int = 0
    glued: bool = False
    broken: bool = False
    shift: int = 0
    askew: bool = False
    struck: bool = False


@dataclass(slots=True)
class PageText:
    """The words of a page in the order of the file, and what is not shown, with the reason.

    `shown` are all characters that PDFium gave, as words stand for them.
    """

    words: list[Word] = field(default_factory=list)
    left_out: list[tuple[Reason, str]] = field(default_factory=list)
    shown: str = ""


def without_doubles(page: PageText) -> None:
    """Take out words that are drawn again at their own place: bold by hand, shadows, copies."""
    seen: dict[tuple[str, int], Word] = {}
    doubles: set[int] = set()
    for word in page.words:
        key = (word.text, int(word.baseline / 3))
        other = seen.setdefault(key, word)
        if other is not word:
            if abs(other.left - word.left) + abs(other.top - word.top) < _SAME_PLACE * word.size:
                doubles.add(id(word))
            else:
                seen[key] = word
    if len(doubles) >= _MANY:
        doubles |= _overprinted([word for word in page.words if id(word) not in doubles])
    if doubles:
        page.left_out += [("hidden text", w.text) for w in page.words if id(w) in doubles]
        page.words = [word for word in page.words if id(word) not in doubles]


def _overprinted(words: list[Word]) -> set[int]:
    """The words whose middle lies on an earlier one of their line and size.

    What draws a page's words twice may part their letters in another way the second time.
    """
    lines: dict[int, list[Word]] = {}
    found: set[int] = set()
    for word in words:
        line = lines.setdefault(int(word.baseline / 3), [])
        middle = (word.left + word.right) / 2
        if any(one.left < middle < one.right and one.size == word.size for one in line):
            found.add(id(word))
        else:
            line.append(word)
    return found


def set_shifts(runs: list[Word]) -> None:
    """Tell raised and lowered runs from the line that the largest run of the word stands on."""
    if len(runs) < 2:
        return
    main = max(runs, key=lambda run: (run.size, len(run.text)))
    for run in runs:
        rise = main.baseline - run.baseline
        least = MOVED if run.size < _NEARLY * main.size else _MOVED_WHOLE
        if abs(rise) > least * main.size:
            run.shift = 1 if rise > 0 else -1
        elif run.size < SMALLER * main.size or run.bottom - run.top < SMALLER * (
            main.bottom - main.top
        ):
            run.shift = 1 if rise > 0.12 * main.size else -1 if rise < -0.05 * main.size else 0
