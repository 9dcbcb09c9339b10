"""What else the words of a query may be called: other spellings, short and long forms, other names.

Each is shown as a chip that switches it off. What stands in quotes is taken as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from reader.model.search import Expansion, Origin, Query
from reader.search.analyzer import STOP_WORDS, fold, is_short_form, stem
from reader.search.everyday import other_names
from reader.search.index_view import View
from reader.search.query_ast import (
    And,
    Either,
    Field,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Spot,
    Term,
    terms,
)
from reader.search.query_tokens import spots_of
from reader.search.variants import canonical, variants, without_points, without_umlauts
from reader.search.word_forms import Forms, Key, key_of

# Of what counts, what was not typed itself makes this part.
WEIGHT = 0.5
_LONGEST = 8
_SHORTEST = 3
_SHORTEST_BEGINNING = 2


@dataclass
class Expanded:
    """The parts of a query with other forms as alternatives, and what those count.

    `typed` are the parts with other spellings, which count as the word itself. `expansions` are
    all that there are, also those that were not wanted. `beginnings` are words that stand nowhere,
    and are taken for the beginnings of others.
    """

    typed: list[Node]
    parts: list[Node]
    weights: dict[Spot, float] = field(default_factory=dict)
    expansions: list[Expansion] = field(default_factory=list)
    beginnings: tuple[str, ...] = ()


def expanded(
    parts: Sequence[Node], query: Query, view: View, own: Forms, others: Sequence[View] = ()
) -> Expanded:
    """The parts with the other forms of the words in them.

    In one document a short form means what that document says, and what our `own` list does; in
    the library what its documents say. A spelling is one if it stands in the view, or in `others`.
    """
    return _Expanding(query, (view, *others), own).all_of(parts)


class _Expanding:
    def __init__(self, query: Query, views: Sequence[View], own: Forms) -> None:
        self._query = query
        self._views = views
        mined = views[0].forms_of(query.document_id) if query.document_id else views[0].forms
        self._sources: list[tuple[Forms, Origin]] = [(mined, "library"), (own, "list")]
        if query.document_id:
            self._sources.insert(1, (views[0].forms, "library"))
        self._sure = False
        self._beginnings: dict[str, None] = {}
        self._weights: dict[Spot, float] = {}
        self._expansions: dict[str, Expansion] = {}

    def all_of(self, parts: Sequence[Node]) -> Expanded:
        typed = [self._spelled(part) for part in parts]
        made = self._beside(typed)
        expansions = list(self._expansions.values())
        return Expanded(typed, made, self._weights, expansions, tuple(self._beginnings))

    # Spellings

    def _spelled(self, node: Node) -> Node:
        """The node with the other spellings of its words, in whatever they stand."""
        match node:
            case Term():
                return self._with_spellings(node)
            case And(parts):
                return And(tuple(map(self._spelled, parts)))
            case Or(parts):
                return Or(tuple(map(self._spelled, parts)))
            case Not(part):
                # Nothing is left out that was not named.
                sure, self._sure = self._sure, True
                made = Not(self._spelled(part))
                self._sure = sure
                return made
            case Field("title", part):
                sure, self._sure = self._sure, True
                field_made = Field("title", self._spelled_spot(part))
                self._sure = sure
                return field_made
            case Near(parts, distance):
                return Near(tuple(map(self._spelled_spot, parts)), distance)
            case Phrase(parts):
                return Phrase(tuple(map(self._spelled_spot, parts)))
            case Either(parts):
                return Either(tuple(map(self._spelled_spot, parts)))
            case _:
                return node

    def _spelled_spot(self, spot: Spot) -> Spot:
        made = self._spelled(spot)
        assert isinstance(made, Term | Phrase | Either | Near)
        return made

    def _with_spellings(self, term: Term, show: bool = True) -> Term:
        if term.how not in ("word", "typed"):
            return term
        if is_short_form(term.text):
            return term if self._sure or self._stands(term) else self._as_beginning(term)
        stands = self._stands(term)
        found = variants(term.text)
        if not stands:
            found = (*found, *without_umlauts(term.text))
        points = without_points(term.text)
        # A German 1000 is found by 1.000 all the same.
        if points and not self._stands(replace(term, how="exact")):
            found = (*found, *points)
        also = []
        for one in dict.fromkeys(found):
            if stem(one) == stem(term.text) or not self._stands(Term(term.how, one)):
                continue
            if not show or self._takes(Expansion(term.text, one, "spelling")):
                also.append(one)
        if also:
            return replace(term, also=tuple(also))
        return term if stands or self._sure else self._as_beginning(term)

    def _as_beginning(self, term: Term) -> Term:
        """A word that stands nowhere as the beginning of one that does, if there is any."""
        beginning = replace(term, how="typed")
        if len(term.text) < _SHORTEST_BEGINNING or term.text.isdecimal():
            return term
        if not self._stands(beginning):
            return term
        self._beginnings[term.text] = None
        return beginning

    def _stands(self, term: Term) -> bool:
        return any(len(view.postings("text", term).passages) for view in self._views)

    def _is_known(self, name: str) -> bool:
        """Whether all words of a name stand somewhere, in either spelling."""
        sure, self._sure = self._sure, True
        words = [term for spot in spots_of(name) for term in terms(spot)]
        known = all(self._stands(self._with_spellings(word, show=False)) for word in words)
        self._sure = sure
        return known

    def _takes(self, expansion: Expansion) -> bool:
        """Notes an expansion, and says whether it is wanted."""
        used = expansion.name not in self._query.without
        self._expansions.setdefault(expansion.name, replace(expansion, used=used))
        return used

    # Other names

    def _beside(self, parts: Sequence[Node]) -> list[Node]:
        """The parts, which stand side by side, with the other names of what they say."""
        made = [self._inside(part) for part in parts]
        for place, part in enumerate(parts):
            for short in self._shorts(part):
                for long, origin in self._meanings(short):
                    self._offer(made, range(place, place + 1), Expansion(short, long, origin), long)
        for places, key in _runs(parts):
            for short, long, origin in self._shorts_of(key):
                self._offer(made, places, Expansion(short, long, origin), short)
            said = " ".join(_words(parts[place]) for place in places)
            for name in filter(self._is_known, other_names(key)):
                self._offer(made, places, Expansion(said, name, "everyday"), name)
        return made

    def _inside(self, node: Node) -> Node:
        """The node with the other names of what stands in its brackets, or beside its OR."""
        if isinstance(node, And):
            return And(tuple(self._beside(node.parts)))
        if isinstance(node, Or):
            return Or(tuple(made for part in node.parts for made in self._beside([part])))
        return node

    def _meanings(self, short: str) -> list[tuple[str, Origin]]:
        """What a short form stands for: what a document says, and what our list does, each once."""
        found: dict[Key, tuple[str, Origin]] = {}
        of_documents = False
        for forms, origin in self._sources:
            if origin == "library" and of_documents:
                continue
            for long in forms.meanings(short):
                found.setdefault(key_of(long), (long, origin))
                of_documents = of_documents or origin == "library"
        return list(found.values())

    def _shorts_of(self, key: Key) -> Iterator[tuple[str, str, Origin]]:
        for forms, origin in self._sources:
            for short in forms.shorts(key):
                yield short, forms.spelled(key), origin

    def _offer(self, made: list[Node], places: range, expansion: Expansion, other: str) -> None:
        """Takes a form in as an alternative of the parts at these places, when it is wanted."""
        if expansion.name in self._expansions or not self._takes(expansion):
            return
        spots = [self._spelled_quietly(spot) for spot in spots_of(other)]
        spot: Spot = Phrase(tuple(spots)) if len(spots) > 1 else spots[0]
        self._weights[spot] = WEIGHT
        for place in places:
            part = made[place]
            known = part.parts if isinstance(part, Either) else (part,)
            made[place] = Either((*known, spot))

    def _spelled_quietly(self, spot: Spot) -> Spot:
        return self._with_spellings(spot, show=False) if isinstance(spot, Term) else spot

    def _shorts(self, part: Node) -> list[str]:
        """The short forms that a part of a query may be."""
        if not isinstance(part, Term) or part.how not in ("word", "typed"):
            return []
        if is_short_form(part.text):
            return [part.text.removesuffix("s")]
        if len(part.text) < _SHORTEST or part.text in STOP_WORDS:
            return []
        found = (short for forms, _ in self._sources for short in forms.spelled_like(part.text))
        view = self._views[0]
        return [short for short in dict.fromkeys(found) if _is_meant(part.text, short, view)]


def _is_meant(typed: str, short: str, view: View) -> bool:
    """Whether letters in lower case are a short form rather than a word: "nmda", but not "who"."""
    if fold(short) == typed:
        return True  # mTOR: the index knows no other spelling of it
    as_word = as_form = 0
    for segment in view.segments:
        one = segment.fields["text"]
        for surface, is_form in ((typed, False), (short, True)):
            number = one.words.find(surface.encode())
            if number >= 0:
                as_form += int(one.totals[number]) * is_form
                as_word += int(one.totals[number]) * (not is_form)
    return as_word <= as_form


def _runs(parts: Sequence[Node]) -> Iterator[tuple[range, Key]]:
    """Parts that stand side by side, and their words' stems as one key; the longest first."""
    stems = [_stems(part) for part in parts]
    for size in range(min(len(parts), _LONGEST), 0, -1):
        for start in range(len(parts) - size + 1):
            some = stems[start : start + size]
            if all(some):
                yield range(start, start + size), tuple(one for key in some for one in key)


def _stems(part: Node) -> Key:
    if isinstance(part, Term) and part.how in ("word", "typed"):
        return (stem(canonical(part.text.lower())),)
    if isinstance(part, Phrase):
        found = [_stems(inner) for inner in part.parts]
        return tuple(one for key in found for one in key) if all(found) else ()
    if isinstance(part, Either):
        return _stems(part.parts[0])
    return ()


def _words(part: Node) -> str:
    if isinstance(part, Term):
        return part.text
    if isinstance(part, Phrase):
        return " ".join(map(_words, part.parts))
    assert isinstance(part, Either)
    return _words(part.parts[0])
