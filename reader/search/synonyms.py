"""Short forms in a query with their long forms, and long ones with their short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reader.model.search import Expansion, Query
from reader.search.analyzer import STOP_WORDS, fold, is_short_form, stem
from reader.search.index_view import View
from reader.search.query_ast import Either, Node, Phrase, Spot, Term
from reader.search.query_tokens import spots_of
from reader.search.word_forms import Forms

# Of what counts, what was not typed itself makes this part.
WEIGHT = 0.5
_LONGEST = 8
_SHORTEST = 3


@dataclass
class Expanded:
    """The parts of a query with other forms as alternatives, and what those count.

    `expansions` are all that there are, also those that were not wanted.
    """

    parts: list[Node]
    weights: dict[Spot, float] = field(default_factory=dict)
    expansions: list[Expansion] = field(default_factory=list)

    def offer(self, expansion: Expansion, places: range, other: Spot) -> None:
        """Takes a form in as an alternative of the parts at these places, when it is wanted."""
        if expansion.name in {one.name for one in self.expansions}:
            return
        self.expansions.append(expansion)
        if not expansion.used:
            return
        self.weights[other] = WEIGHT
        for place in places:
            part = self.parts[place]
            known = part.parts if isinstance(part, Either) else (part,)
            self.parts[place] = Either((*known, other))


def expanded(parts: Sequence[Node], query: Query, view: View, own: Forms) -> Expanded:
    """The parts with the other forms of the words in them.

    In one document a short form means what that document says; in the library what its documents
    say, else what our `own` list does.
    """
    made = Expanded(list(parts))
    sources = [(view.forms, "library"), (own, "list")]
    if query.document_id:
        sources.insert(0, (view.forms_of(query.document_id), "library"))
    for place, part in enumerate(parts):
        for short in _shorts(part, view, sources):
            for forms, origin in sources:
                meanings = forms.meanings(short)
                for long in meanings:
                    _offer(made, query, short, long, origin, range(place, place + 1), long)
                if meanings:
                    break
    for places, key in _runs(parts):
        for forms, origin in sources:
            for short in forms.shorts(key):
                for long in forms.meanings(short)[:1]:
                    _offer(made, query, short, long, origin, places, short)
    return made


def _offer(
    made: Expanded, query: Query, short: str, long: str, origin: str, places: range, other: str
) -> None:
    plain = Expansion(short, long)
    used = plain.name not in query.without
    from_list = origin == "list"
    expansion = Expansion(short, long, "list" if from_list else "library", used)
    spots = spots_of(other)
    made.offer(expansion, places, Phrase(tuple(spots)) if len(spots) > 1 else spots[0])


def _shorts(part: Node, view: View, sources: Sequence[tuple[Forms, str]]) -> list[str]:
    """The short forms that a part of a query may be."""
    if not isinstance(part, Term) or part.how not in ("word", "typed"):
        return []
    if is_short_form(part.text):
        return [part.text.removesuffix("s")]
    if len(part.text) < _SHORTEST or part.text in STOP_WORDS:
        return []
    found = (short for forms, _ in sources for short in forms.spelled_like(part.text))
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


def _runs(parts: Sequence[Node]) -> Iterator[tuple[range, tuple[str, ...]]]:
    """Parts that stand side by side, and their words' stems as one key."""
    stems = [_stems(part) for part in parts]
    for start in range(len(parts)):
        key: tuple[str, ...] = ()
        for end in range(start, min(len(parts), start + _LONGEST)):
            if not stems[end]:
                break
            key += stems[end]
            yield range(start, end + 1), key


def _stems(part: Node) -> tuple[str, ...]:
    if isinstance(part, Term) and part.how in ("word", "typed", "exact"):
        return (stem(part.text),)
    if isinstance(part, Phrase):
        return tuple(one for inner in part.parts for one in _stems(inner))
    if isinstance(part, Either):
        return _stems(part.parts[0])
    return ()
