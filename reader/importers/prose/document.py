"""The document that running text is: its title, headings, lists, tables and references."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from reader.importers.builder.accounting import accounted
from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.prose.blocks import is_entry, write_lines
from reader.importers.prose.columns import is_rule
from reader.importers.prose.headings import (
    REFERENCES,
    Heading,
    find_headings,
    is_body,
    split_number,
)
from reader.importers.prose.lines import (
    BULLET,
    NUMBER,
    Facts,
    Line,
    contents_key,
    lines_of,
    printed_contents,
    without_furniture,
)
from reader.importers.prose.references import (
    looks_cited,
)
from reader.importers.prose.underlines import is_drawn
from reader.model.document import Document

# Above this many characters only paragraphs are told apart.
LARGEST_STRUCTURED = 20_000_000
LONGEST_TITLE = 160
_WORD = re.compile(r"[^\W\d_]{4,}")
_LANGUAGES = {
    "en": "the and of to in is that with for are was were this",
    "de": "der die und das ist nicht mit von den dem ein eine für auf",
    "fr": "le la les des et est une dans pour que qui sur avec du",
    "es": "el los las una que por con para del como más se es",
    "it": "il che di una per con non sono della dei nel gli è",
    "nl": "de het een van en dat met niet voor zijn op te aan",
    "pt": "os as uma que não com para por dos das mais ao é",
}
_COMMON = frozenset(
    (
        "about after also been before between both could does during each from have into more "
        "most other over same should some such than that their them then there these they this "
        "those through under used using very were what when where which while with would your"
    ).split()
)


def read_prose(
    text: str, *, document_id: str, source: str, importer: str, warnings: tuple[str, ...] = ()
) -> Document:
    """The document that a text is, whatever it came from."""
    writer = DocumentBuilder()
    if len(text) > LARGEST_STRUCTURED:
        for paragraph in text.splitlines():
            writer.begin("paragraph")
            writer.add(paragraph)
        return writer.build(
            id=document_id,
            title=Path(source).stem or "Untitled",
            source=source,
            importer=importer,
            warnings=(*warnings, "The text is very long: only its paragraphs are told apart."),
        )
    lines, facts = without_furniture(lines_of(text))
    title, lines = _title(_without_contents(lines, facts))
    headings = find_headings(lines)
    first_reference = _reference_start(lines, headings)
    taken = write_lines(writer, title, lines, headings, first_reference, facts)
    document = writer.build(
        id=document_id,
        title=title or _derived_title(lines, headings, source),
        source=source,
        importer=importer,
        warnings=warnings,
        total_characters=len(text),
        **_metadata(facts, lines),
    )
    raw = text.splitlines()
    # A hyphen at the end of a line may have joined it to the next.
    taken += [line.rstrip()[-1] for line in raw if line.rstrip().endswith(("-", "\u2010"))]
    return accounted(
        document,
        [line for line in raw if not (is_rule(line) or is_drawn(line))],
        joins="|",
        also=taken,
    )


def _without_contents(lines: list[Line], facts: Facts) -> list[Line]:
    """Take a printed table of contents out, if what it lists are the headings of the text."""
    start, end = printed_contents(lines)
    if start == end:
        return lines
    listed = {contents_key(line.text) for line in lines[start:end]}
    rest = lines[end:]
    if not listed <= {contents_key(rest[i].text) for i in find_headings(rest)}:
        return lines
    facts.left_out += [("printed contents", line.text, rest[0]) for line in lines[start:end]]
    return lines[:start] + rest


def _metadata(facts: Facts, lines: list[Line]) -> dict[str, object]:
    sample = " ".join(line.text for line in lines[:200])[:20_000].lower()
    words = Counter(re.findall(r"[^\W\d_]+", sample))
    votes = {name: sum(words[w] for w in stops.split()) for name, stops in _LANGUAGES.items()}
    best = max(votes, key=lambda name: votes[name])
    enough = votes[best] >= 3 and votes[best] >= 0.06 * sum(words.values())
    return {
        "authors": tuple(dict.fromkeys(facts.authors)),
        "updated": facts.updated,
        "published": facts.published,
        "language": best if enough else "",
    }


def _title(lines: list[Line]) -> tuple[str, list[Line]]:
    """A title line at the very start, and the lines after it; "" when there is none."""
    if len(lines) < 2:
        return "", lines
    first, second = lines[0].text, lines[1]
    number, _ = split_number(first)
    fits = (
        not lines[0].is_set
        and len(first) <= LONGEST_TITLE
        and number is None
        and not BULLET.match(first)
        and not NUMBER.match(first)
        and not first.endswith((".", ",", ";", ":"))
        and any(c.isalpha() for c in first)
        and not REFERENCES.fullmatch(first)
    )
    underlined = lines[0].underline
    if underlined and any(line.underline == underlined for line in lines[1:]):
        # One of several headings of the same rank.
        return "", lines
    stands_out = (
        bool(underlined) or second.gap or len(second.text) > len(first) or not is_body(first)
    )
    return (first, lines[1:]) if fits and stands_out and not is_body(first) else ("", lines)


def _derived_title(lines: list[Line], headings: dict[int, Heading], source: str) -> str:
    """A headline for a text without one: the heading that says most of what the text is about."""
    words = Counter(word.lower().rstrip("s") for line in lines for word in _WORD.findall(line.text))
    for common in _COMMON:
        words.pop(common, None)

    def weight(heading: Heading) -> float:
        found = {word.lower().rstrip("s") for word in _WORD.findall(heading.title)}
        return sum(words[word] for word in found) / (1 + 0.1 * len(heading.title.split()))

    fit = [h for h in headings.values() if h.kind == "body" and len(h.title.split()) >= 2]
    if fit:
        return max(fit, key=weight).title
    sentence = re.split(r"(?<=[.!?])\s", lines[0].text)[0] if lines else ""
    if len(sentence) > 90:
        sentence = sentence[:90].rsplit(" ", 1)[0] + " …"
    return sentence.rstrip(".") or Path(source).stem or "Untitled"


def _reference_start(lines: list[Line], headings: dict[int, Heading]) -> int:
    """The line of the first reference; the number of lines when there is no list."""
    for i in reversed(list(headings)):
        if not REFERENCES.fullmatch(headings[i].title):
            continue
        after = [n for n in headings if n > i]
        entries = lines[i + 1 : after[0] if after else len(lines)]
        cited = sum(looks_cited(line.text) and not line.is_set for line in entries)
        if entries and cited >= 0.4 * len(entries):
            return i + 1
    end = len(lines)
    while end > 0 and is_entry(lines[end - 1]) and end - 1 not in headings:
        end -= 1
    return end if len(lines) - end >= 3 else len(lines)
