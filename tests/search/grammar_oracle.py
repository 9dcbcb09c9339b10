"""What a query must find, by the documented grammar alone: it imports nothing of Offprint.

Words are those of a table made by hand: how each is written, what its pieces are, and which words
are forms of one. A library is a list of texts made of these words. Everything is looked at piece by
piece, without any index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise, product

Place = tuple[int, int]
Found = tuple[str, str, str, int, int]  # document, section, kind, start, end


@dataclass(frozen=True)
class Piece:
    """A position of a word: its spelling without case and signs, and where it is in the word."""

    key: str
    start: int
    end: int


@dataclass(frozen=True)
class Word:
    """A word as it is written, its pieces, and the key of all of it without its hyphens."""

    written: str
    pieces: tuple[Piece, ...]
    joined: str = ""


def _table() -> dict[str, Word]:
    """Each line: how it is written; its pieces, each with its key; at last "+" and the whole."""
    lines = """
        ketamine ketamine=ketamine | Ketamines Ketamines=ketamines | KETAMINE KETAMINE=ketamine
        anxiety anxiety=anxiety | anxieties anxieties=anxieties | anxious anxious=anxious
        dose dose=dose | doses doses=doses | dosing dosing=dosing
        receptor receptor=receptor | receptors receptors=receptors
        tumour tumour=tumour | tumors tumors=tumors | anaemia anaemia=anaemia | anemia anemia=anemia
        haemoglobin haemoglobin=haemoglobin | hemoglobin hemoglobin=hemoglobin
        paediatric paediatric=paediatric | pediatric pediatric=pediatric
        NMDA NMDA=NMDA | nmda nmda=nmda | NMDAs NMDAs=NMDAs | MS MS=MS | ms ms=ms
        10000 10000=10000 | 10,000 10,000=10000 | 10\u202f000 10\u202f000=10000
        2.5 2.5=2.5 | −2.5 2.5=2.5 | -4 4=4 | 0.5 0.5=0.5
        p53 p53=p53 | p.53 p=p 53=53 | IL-6 IL=IL 6=6 +IL6 | IL6 IL6=IL6
        β-blocker β=beta blocker=blocker +betablocker | betablockers betablockers=betablockers
        beta-blockers beta=beta blockers=blockers +betablockers | beta beta=beta
        CO₂ CO₂=CO2 | CO2 CO2=CO2 | co2 co2=co2 | mg/kg mg=mg kg=kg | µg µg=ug | mcg mcg=ug
        naïve naïve=naive | naive naive=naive | ﬁbrosis ﬁbrosis=fibrosis | Straße Straße=strasse
        l’hôpital l=l hôpital=hopital +lhopital | hôpital hôpital=hopital
        दान दान=दान | दिन दिन=दिन | 氯胺 氯=氯 胺=胺 +氯胺 | שָׁלוֹם שָׁלוֹם=שלום | ｲﾝ ｲ=イ ﾝ=ン +イン
        the the=the | of of=of | zebra zebra=zebra | placebo placebo=placebo
        US US=US | U.S U=u S=s +US
    """
    words = {}
    for entry in re.split(r"[|\n]", lines):
        parts = entry.split(" ")
        told = [part for part in parts if part]
        if not told:
            continue
        written, at, pieces, joined = told[0], 0, [], ""
        for part in told[1:]:
            if part.startswith("+"):
                joined = part[1:]
                continue
            cut, _, key = part.partition("=")
            start = written.index(cut, at)
            at = start + len(cut)
            pieces.append(Piece(key, start, at))
        words[written] = Word(written, tuple(pieces), joined)
    # One number, though it is written as two words.
    spaced = Word("10 000", (Piece("10", 0, 2), Piece("000", 3, 6)), "10000")
    return words | {spaced.written: spaced}


WORDS = _table()
# Keys that are forms of one word; British and American spellings are one too.
_FORMS = [
    set(line.split())
    for line in """ketamine ketamines
        anxiety anxieties
        dose doses dosing
        receptor receptors
        tumour tumours tumor tumors
        anaemia anemia
        haemoglobin hemoglobin
        paediatric pediatric
        blocker blockers
        betablocker betablockers""".splitlines()
]
_SHORT_FORMS = {"NMDA", "NMDAs", "MS", "IL", "IL6", "CO2", "US"}
_IDLE = {"the", "of", "and", "or"}
_NEAR = 10


@dataclass(frozen=True)
class Text:
    """A passage: its blocks of words, and where each block begins in the document."""

    document: str
    section: str
    blocks: tuple[tuple[int, tuple[str, ...]], ...]
    heading: bool = False
    references: bool = False
    title_only: bool = False


@dataclass(frozen=True)
class Paper:
    """A document as it is asked about."""

    id: str
    title: tuple[str, ...]
    author: tuple[str, ...]
    year: int
    filed: frozenset[tuple[str, str]]
    passages: tuple[Text, ...]
    headings: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Remark:
    """A note: what was written, its tags, the words it stands on, its colour."""

    id: str
    document: str
    written: tuple[str, ...]
    tags: tuple[str, ...]
    quote: tuple[str, ...]
    colour: str


@dataclass(frozen=True)
class Mark:
    """A piece, or a whole word of several, at its position in a text."""

    key: str
    first: int
    end: int
    start: int
    stop: int


def lay(blocks: Sequence[tuple[int, Sequence[str]]]) -> tuple[Mark, ...]:
    """All pieces of blocks of words with a space between; a position lies between two blocks."""
    marks: list[Mark] = []
    position = 0
    for number, (offset, words) in enumerate(blocks):
        position += number > 0 and bool(marks) and bool(words)
        for written in words:
            word = WORDS[written]
            first = position
            for piece in word.pieces:
                where = offset + piece.start, offset + piece.end
                marks.append(Mark(piece.key, position, position + 1, *where))
                position += 1
            if word.joined:
                spans = offset + word.pieces[0].start, offset + word.pieces[-1].end
                marks.append(Mark(word.joined, first, position, *spans))
            offset += len(written) + 1
    return tuple(marks)


# Queries


@dataclass(frozen=True)
class Look:
    """One piece to look for: "form", "exact", "begin", "wild" or "near" with so many edits."""

    how: str
    key: str
    edits: int = 0


@dataclass(frozen=True)
class Node:
    """What is asked: a name of the grammar, its parts, and what else it says."""

    name: str
    parts: tuple[Node, ...] = ()
    look: Look | None = None
    value: str = ""


@dataclass
class Query:
    """A query as it is understood."""

    parts: list[Node] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    notes: str = ""


_FIELDS = "title author year from to in colour tagged tag collection kind".split()
_OPERATORS = ("AND", "OR", "NOT")


def read(text: str) -> Query:
    """Reads a query that is well formed."""
    return _Parser(text).query


def _is_shouted(text: str) -> bool:
    letters = re.sub(r"\b(AND|OR|NOT|NEAR)\b", "", text)
    return letters.isupper() and bool(re.search(r"[^\W\d_]{6}", letters)) and " " in text


def _said(text: str) -> str:
    """The query with AND as a word where it is a sentence in capitals."""
    words = re.findall(r"[^\W\d_]+", re.sub(r"\b(AND|OR|NOT|NEAR)\b", "", text))
    idle = sum(word.lower() in _IDLE for word in words)
    signs = '"' in text or re.search(r"\([^)]*\b(AND|OR|NOT)\b", text)
    if len(words) < 5 or not idle or signs or not _is_shouted(text):
        return text
    prose = len(words) >= 10 and idle >= 3
    joining = r"\bAND\b|\bOR\b(?! [-−]?\d)" if prose else r"\bAND\b"
    return re.sub(joining, lambda match: match[0].lower(), text)


class _Parser:
    def __init__(self, text: str) -> None:
        self.query = Query()
        self.shouted = _is_shouted(text)
        text = _said(text)
        fields = "|".join(_FIELDS)
        cut = re.findall(
            rf'"[^"]*"(?:~\d)?|\(|\)|(?:{fields}):|(?<![^ (])-(?=[^\d ])|10[ \u202f]000|[^\s()"]+',
            text,
        )
        self.tokens: list[str] = cut
        self.at = 0
        self.query.parts = self._several()
        idle = [p for p in self.query.parts if p.look and p.look == Look("form", p.look.key)]
        idle = [p for p in idle if p.look and p.look.key in _IDLE]
        kept = [p for p in self.query.parts if p not in idle]
        if any(p.name != "not" for p in kept):
            self.query.parts = kept
        if any(p.name == "marked" for p in self.query.parts):
            self.query.notes = "only"

    def _peek(self, ahead: int = 0) -> str:
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else ""

    def _begins_term(self, ahead: int) -> bool:
        token = self._peek(ahead)
        if token == "NOT":
            return self._begins_term(ahead + 1)
        return token not in ("", ")", "AND", "OR") and not token.startswith("NEAR")

    def _operator(self, name: str) -> bool:
        """Whether an operator stands here: with a term after it, and no number after OR."""
        if self._peek() != name or not self._begins_term(1):
            return False
        number = re.match(r"[-−]?\d", self._peek(1)) is not None
        before = self.tokens[max(0, self.at - 2) : self.at]
        if name == "OR" and number and not any(re.match(r"[-−]?\d", t) for t in before):
            return False
        self.at += 1
        return True

    def _several(self) -> list[Node]:
        nodes: list[Node] = []
        while self._peek() not in ("", ")"):
            nodes += self._or()
        return nodes

    def _or(self) -> list[Node]:
        sides = [self._and()]
        while self._operator("OR"):
            sides.append(self._and())
        return sides[0] if len(sides) == 1 else [Node("or", tuple(map(_all, sides)))]

    def _and(self) -> list[Node]:
        sides = [self._near()]
        while self._operator("AND"):
            sides.append(self._near())
        return sides[0] if len(sides) == 1 else [Node("and", tuple(map(_all, sides)))]

    def _near(self) -> list[Node]:
        nodes = self._term()
        while match := re.fullmatch(r"NEAR(?:/(\d+))?", self._peek()):
            self.at += 1
            other = self._term()
            nodes = [Node("near", (_all(nodes), _all(other)), value=match[1] or str(_NEAR))]
        return nodes

    def _term(self) -> list[Node]:
        token = self._peek()
        if token == "-" or (token == "NOT" and self._begins_term(1)):
            self.at += 1
            if (self._peek(), self._peek(1)) == ("in:", "notes"):
                self.at += 2
                self.query.notes = "none"
                return []
            return [Node("not", (_named(_all(self._term())),))]
        self.at += 1
        if token == "(":
            nodes = self._several()
            self.at += 1
            return nodes
        if token.endswith(":") and token[:-1] in _FIELDS:
            return self._field(token[:-1])
        if token.startswith('"'):
            return self._phrase(token)
        return [self._word(token, quoted=False)]

    def _field(self, name: str) -> list[Node]:
        value = self._peek()
        said = value.strip('"')
        if name in ("title", "author"):
            return [Node(name, tuple(map(_named, self._term())))]
        self.at += 1
        if name == "in":
            if said == "notes":
                self.query.notes = "only"
            else:
                self.query.regions.append(said)
            return []
        if name in ("tag", "colour"):
            return [Node("marked", value=f"{name} {said.lstrip('#').lower()}")]
        if name in ("year", "from", "to"):
            first, dots, last = said.partition("..")
            first = first if name != "to" else "0"
            last = said if name == "to" else last if dots else first if name == "year" else ""
            return [Node("years", value=f"{first or 0} {last or 9999}")]
        return [Node("filed", value=f"{name} {said}")]

    def _phrase(self, token: str) -> list[Node]:
        inner, _, slop = token[1:].partition('"')
        words = re.findall(r"10[ \u202f]000|\S+", inner)
        parts = tuple(self._word(word, quoted=True) for word in words)
        if len(parts) == 1:
            return list(parts)
        return [Node("near", parts, value=slop[1:]) if slop else Node("row", parts)]

    def _word(self, text: str, quoted: bool) -> Node:
        if self.shouted and text not in _OPERATORS:
            text = text.lower()
        if fuzzy := re.fullmatch(r"(.+)~(\d?)", text):
            size = len(fuzzy[1])
            edits = int(fuzzy[2] or (1 if size < 6 else 2))
            return Node("piece", look=Look("near", fuzzy[1], edits))
        if "*" in text or "?" in text:
            if re.fullmatch(r"[^*?]+\*", text):
                return Node("piece", look=Look("begin", text[:-1].lower()))
            return Node("piece", look=Look("wild", text.lower()))
        how = "exact" if quoted else "form"
        word = _word_of(text)
        pieces = word.pieces
        if text.startswith("l’") and not quoted:
            pieces = pieces[1:]
        looks = tuple(Node("piece", look=Look(how, piece.key)) for piece in pieces)
        if len(looks) == 1:
            return looks[0]
        row = Node("row", looks)
        if not word.joined:
            return row
        return Node("either", (row, Node("piece", look=Look(how, word.joined))))


def _word_of(text: str) -> Word:
    """The word of the table that is written so; small letters stand for what has no others."""
    if text in WORDS:
        return WORDS[text]
    if re.match(r"[-−]\d", text):
        return _word_of(text[1:])
    same = [word for written, word in WORDS.items() if written.lower() == text]
    if not same:
        return Word(text, (Piece(text, 0, len(text)),))
    word = same[0]
    return Word(
        text,
        tuple(Piece(p.key.lower(), p.start, p.end) for p in word.pieces),
        word.joined.lower(),
    )


def _named(node: Node) -> Node:
    """The node with its words as they are: what is left out must be named."""
    look = node.look
    if look is not None and look.how == "form":
        look = Look("named", look.key)
    return Node(node.name, tuple(map(_named, node.parts)), look, node.value)


def _all(nodes: Sequence[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else Node("and", tuple(nodes))


# Answers


@cache
def _edits(one: str, other: str) -> int:
    """Letters put in, left out, changed, or two neighbours turned round."""
    table = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i, j in product(range(1, len(one) + 1), range(1, len(other) + 1)):
        best = min(
            table[i - 1, j] + 1,
            table[i, j - 1] + 1,
            table[i - 1, j - 1] + (one[i - 1] != other[j - 1]),
        )
        if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
            best = min(best, table[i - 2, j - 2] + 1)
        table[i, j] = best
    return table[len(one), len(other)]


def _forms(key: str) -> set[str]:
    return next((group for group in _FORMS if key in group), {key})


@dataclass
class Oracle:
    """A library and the notes on it."""

    papers: Sequence[Paper]
    remarks: Sequence[Remark]

    def __post_init__(self) -> None:
        self._marks = {id(t): lay(t.blocks) for p in self.papers for t in p.passages}
        self._titles = {p.id: lay([(0, p.title)]) for p in self.papers}
        self._authors = {p.id: lay([(0, [*p.author])]) if p.author else () for p in self.papers}
        self._papers = {p.id: p for p in self.papers}
        self._above = {
            id(text): lay([(0, line) for line in self._lines(paper, text)])
            for paper in self.papers
            for text in paper.passages
        }
        self._notes = {r.id: lay(_note_blocks(r)) for r in self.remarks}
        text_keys = {m.key for marks in self._marks.values() for m in marks}
        self._keys = {
            "text": text_keys,
            "title": {m.key for marks in self._above.values() for m in marks},
            "author": {m.key for marks in self._authors.values() for m in marks},
            "note": {m.key for marks in self._notes.values() for m in marks},
        }
        self._known: dict[tuple[str, Look], set[str]] = {}

    def _lines(self, paper: Paper, text: Text) -> list[tuple[str, ...]]:
        return [
            paper.title,
            *(words for section, words in paper.headings if section == text.section),
        ]

    # Pieces

    def _fits(self, field_name: str, look: Look) -> set[str]:
        """The keys in a field that a piece of a query stands for."""
        if (field_name, look) not in self._known:
            self._known[field_name, look] = self._look_up(field_name, self._said(look))
        return self._known[field_name, look]

    def _said(self, look: Look) -> Look:
        """A word that stands in no text and no note is the beginning of others."""
        if look.how != "form" or len(look.key) < 2 or look.key.isdecimal():
            return look
        if any(self._look_up(name, look) for name in ("text", "note")):
            return look
        begins = Look("typed", look.key)
        return begins if any(self._look_up(name, begins) for name in ("text", "note")) else look

    def _look_up(self, name: str, look: Look) -> set[str]:
        keys, key, lower = self._keys[name], look.key, look.key.lower()
        if look.how == "begin":
            return {k for k in keys if k.lower().startswith(lower)}
        if look.how == "typed":
            return {k for k in keys if k.lower().startswith(lower)} | self._look_up(
                name, Look("form", key)
            )
        if look.how == "wild":
            pattern = re.escape(lower).replace(r"\*", ".*").replace(r"\?", ".")
            return {k for k in keys if re.fullmatch(pattern, k.lower())}
        if look.how == "near":
            return {k for k in keys if _edits(lower, k.lower()) <= look.edits}
        if look.how == "exact":
            return {key} & keys if key in _SHORT_FORMS else {k for k in keys if k.lower() == lower}
        if key in _SHORT_FORMS:
            # A short form in capitals is itself and its plural, where there is one at all.
            strict = {k for k in keys & _SHORT_FORMS if k.rstrip("s") == key.rstrip("s")}
            if strict:
                return strict
            lower = key.rstrip("s").lower() if key.endswith("s") else lower
        return {k for k in keys if _forms(lower) & _forms(k.lower()) or _plural(lower, k)}

    # Places

    def places(self, node: Node, marks: Sequence[Mark], name: str) -> set[Place]:
        """Where words, rows and neighbours stand among the pieces of a text."""
        if node.look is not None:
            fits = self._fits(name, node.look)
            return {(m.first, m.end) for m in marks if m.key in fits}
        found = [self.places(part, marks, name) for part in node.parts]
        if node.name == "either":
            return set().union(*found)
        if node.name == "row":
            rows = found[0]
            for more in found[1:]:
                rows = {(a, d) for a, b in rows for c, d in more if b == c}
            return rows
        return self._near_places(node, marks, name)

    def _near_places(self, node: Node, marks: Sequence[Mark], name: str) -> set[Place]:
        parts = [self.places(part, marks, name) for part in _flat(node)]
        found = set()
        for chosen in product(*map(sorted, parts)):
            ordered = sorted(chosen)
            if all(a[1] <= b[0] for a, b in pairwise(ordered)):
                first, end = ordered[0][0], ordered[-1][1]
                if end - first - sum(b - a for a, b in chosen) <= int(node.value):
                    found.add((first, end))
        return {
            p for p in found if not any(q != p and p[0] <= q[0] and q[1] <= p[1] for q in found)
        }

    # Passages

    def _regions(self, place: Place, text: Text) -> set[str]:
        if text.title_only:
            return {"title"}
        start = next(m.start for m in self._marks[id(text)] if m.first == place[0])
        regions = {"references" if text.references else "text"}
        first = text.blocks[0]
        head = first[0], first[0] + len(" ".join(first[1]))
        return regions | ({"title"} if text.heading and head[0] <= start < head[1] else set())

    def _in(self, node: Node, text: Text, regions: Sequence[str]) -> set[Place]:
        found = self.places(node, self._marks[id(text)], "text")
        return {p for p in found if not regions or self._regions(p, text) & set(regions)}

    def matches(self, node: Node, text: Text, regions: Sequence[str]) -> bool:
        """Whether a passage is what is asked for."""
        paper = self._papers[text.document]
        if node.name == "and":
            return all(self.matches(part, text, regions) for part in node.parts)
        if node.name == "or":
            return any(self.matches(part, text, regions) for part in node.parts)
        if node.name == "not":
            return not self.matches(node.parts[0], text, regions)
        if node.name == "title":
            return bool(self.places(node.parts[0], self._above[id(text)], "title"))
        if node.name in ("author", "years", "filed"):
            return self._about(node, paper)
        if node.name == "marked":
            return False
        return bool(self._in(node, text, regions))

    def _about(self, node: Node, paper: Paper) -> bool:
        if node.name == "author":
            return bool(self.places(node.parts[0], self._authors[paper.id], "author"))
        one, other = node.value.split(" ", 1)
        if node.name == "years":
            return int(one) <= paper.year <= int(other)
        return (one, other) in paper.filed

    def answer(self, text: str, document: str = "") -> tuple[set[Found], set[tuple[str, str]]]:
        """The hits in texts, and the notes with what they are: "note" or "highlight"."""
        query = read(text)
        notes = self._in_notes(query, document)
        if not query.parts or query.notes == "only":
            return set(), notes
        scope = [t for p in self.papers for t in p.passages if document in ("", p.id)]
        loose = [p for p in query.parts if _is_words(p) and not _is_exact(p)]
        firm = [p for p in query.parts if p not in loose]
        held = [
            (t, sum(self.matches(p, t, query.regions) for p in loose))
            for t in scope
            if all(self.matches(p, t, query.regions) for p in firm)
        ]
        least = _least(text, len(loose), [count for _, count in held], document)
        chosen = [t for t, count in held if count >= least]
        seen = [s for p in query.parts for s in _sought(p)]
        titles = [s for p in query.parts for s in _in_titles(p)]
        if not seen and not titles:
            return {_title(t.document) for t in chosen}, notes
        hits = {hit for t in chosen for hit in self._hits(seen, titles, t, query.regions)}
        if any(map(_stands_alone, query.parts)):
            named = {hit[0] for hit in hits}
            hits |= {_title(t.document) for t in chosen if t.document not in named}
        return hits, notes

    def _hits(
        self, seen: Sequence[Node], titles: Sequence[Node], text: Text, regions: Sequence[str]
    ) -> Iterator[Found]:
        places = {p for node in seen for p in self._in(node, text, regions)}
        places |= {p for node in titles for p in self._in(node, text, ["title"])}
        marks = self._marks[id(text)]
        for first, end in places:
            if any((a, b) != (first, end) and a <= first and end <= b for a, b in places):
                continue
            if text.title_only:
                yield _title(text.document)
                continue
            start = min(m.start for m in marks if m.first == first)
            stop = max(m.stop for m in marks if m.end == end)
            kind = "reference" if text.references else "text"
            yield (text.document, text.section, kind, start, stop)

    # Notes

    def _in_notes(self, query: Query, document: str) -> set[tuple[str, str]]:
        only = query.notes == "only"
        if query.notes == "none" or query.regions or not (query.parts or only):
            return set()
        seen = [s for p in query.parts for s in _sought(p)]
        marked = only or any(n.name == "marked" for p in query.parts for n in _leaves(p))
        found = set()
        for remark in self.remarks:
            if document not in ("", remark.document):
                continue
            if not all(self._note_matches(p, remark) for p in query.parts):
                continue
            marks = self._notes[remark.id]
            places = {p for node in seen for p in self.places(node, marks, "note")}
            if not places and not marked:
                continue
            edge = len(_written(remark)) + 1
            outer = {
                p
                for p in places
                if not any(q != p and q[0] <= p[0] and p[1] <= q[1] for q in places)
            }
            starts = [min(m.start for m in marks if m.first == first) for first, _ in outer]
            inside = any(start < edge for start in starts) if seen else edge > 1
            found.add((remark.id, "note" if inside else "highlight"))
        return found

    def _note_matches(self, node: Node, remark: Remark) -> bool:
        paper = self._papers[remark.document]
        if node.name == "and":
            return all(self._note_matches(part, remark) for part in node.parts)
        if node.name == "or":
            return any(self._note_matches(part, remark) for part in node.parts)
        if node.name == "not":
            return not self._note_matches(node.parts[0], remark)
        if node.name == "marked":
            name, value = node.value.split(" ", 1)
            tags = [tag.lower() for tag in remark.tags]
            return value in tags if name == "tag" else value == remark.colour
        if node.name == "title":
            return any(self.matches(node, t, ()) for t in paper.passages)
        if node.name in ("author", "years", "filed"):
            return self._about(node, paper)
        return bool(self.places(node, self._notes[remark.id], "note"))


def _plural(lower: str, key: str) -> bool:
    """Whether small letters are those of a short form's plural, or the other way round."""
    return key in _SHORT_FORMS and key.endswith("s") and lower == key[:-1].lower()


def _written(remark: Remark) -> str:
    return " ".join([*remark.written, *(f"#{tag}" for tag in remark.tags)])


def _note_blocks(remark: Remark) -> list[tuple[int, tuple[str, ...]]]:
    offset = len(" ".join(remark.written)) + 1 if remark.written else 0
    blocks: list[tuple[int, tuple[str, ...]]] = [(0, remark.written)]
    for tag in remark.tags:
        blocks.append((offset + 1, (tag,)))
        offset += len(tag) + 2
    return [*blocks, (len(_written(remark)) + 1, remark.quote)]


def _title(document: str) -> Found:
    return (document, "", "title", 0, 0)


def _flat(node: Node) -> list[Node]:
    """The parts of NEAR after NEAR, which stand side by side."""
    first, *rest = node.parts
    return [*_flat(first), *rest] if first.name == "near" else [first, *rest]


def _is_words(node: Node) -> bool:
    return node.look is not None or node.name in ("row", "either", "near")


def _leaves(node: Node) -> Iterator[Node]:
    yield node
    for part in node.parts:
        yield from _leaves(part)


def _is_exact(node: Node) -> bool:
    return any(leaf.look is not None and leaf.look.how == "exact" for leaf in _leaves(node))


def _sought(node: Node) -> Iterator[Node]:
    if _is_words(node):
        yield node
    elif node.name in ("and", "or"):
        for part in node.parts:
            yield from _sought(part)


def _in_titles(node: Node) -> Iterator[Node]:
    if node.name == "title":
        yield node.parts[0]
    elif node.name in ("and", "or"):
        for part in node.parts:
            yield from _in_titles(part)


def _stands_alone(node: Node) -> bool:
    if node.name == "and":
        return any(map(_stands_alone, node.parts))
    return node.name == "or" and any(
        _stands_alone(part) or not [*_sought(part), *_in_titles(part)] for part in node.parts
    )


def _least(text: str, words: int, held: Sequence[int], document: str) -> int:
    """How many words a passage must hold; fewer than all where few passages hold them all."""
    signs = re.search(r'["():*~]|\?(?=\w)|(?<!\S)-(?!\d)|\b(AND|OR|NOT|NEAR)\b', _said(text))
    asked = words >= 5 or (
        words > 1 and not signs and len(text.replace("10 000", "n").split()) >= 5
    )
    question = asked and not document
    enough = 1 if document else 100 if question else 10
    holding = [sum(count >= least for count in held) for least in range(words + 1)]
    if words < 2 or holding[words] >= enough:
        return words
    if question:
        return 1
    return next((n for n in range(words, 0, -1) if holding[n] >= enough), 1)
