"""From a query to its hits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from reader.formats import KINDS
from reader.model.search import Answer, Hit, HitKind, Query
from reader.model.span import Span
from reader.search.arrays import Array
from reader.search.completion import Titled, completion, title_completion, untitled
from reader.search.feedback import widened
from reader.search.index_view import View
from reader.search.inverter import TITLE
from reader.search.matcher import Filing, Matcher, nowhere, title_fields
from reader.search.positions import PASSAGE_SHIFT, Occurrences, united
from reader.search.query_ast import SPOTS, Node, Or, Spot, all_of, filings, say, sought, terms
from reader.search.query_parser import parse
from reader.search.ranking import best, scores, share
from reader.search.spelling import suggest
from reader.search.synonyms import expanded
from reader.search.word_forms import Forms

HANDFUL = 5
FEW = 10
SENTENCE = 5
LONG_LIST = 100
MOST_HITS = 1_000_000
_CUT = "Very many words are like {}; only the commonest are looked for."
_NO_SUCH = {
    "collection": "There is no collection “{}”.",
    "tagged": "No document has the tag “{}”.",
    "kind": f"There is no kind “{{}}”: try {', '.join(KINDS[:-1])} or {KINDS[-1]}.",
}
_RELATED = "What speaks of the same in other words is among them."
_SLOT = (1 << PASSAGE_SHIFT) - 1


def answer(
    query: Query,
    view: View,
    scope: Array,
    own: Forms,
    filed: Filing = nowhere,
    titled: Titled = untitled,
) -> Answer:
    """The answer to a question about those passages of the view that are in the scope.

    `own` are short forms that we know ourselves; `filed` gives the documents of a collection, …,
    `titled` a title that begins so.
    """
    filed = cache(filed)
    asked = parse(query.text, query.typing)
    unknown = _unknown(asked.parts, filed)
    if not asked.parts or asked.of_notes:
        return Answer(query, problem=asked.problem, notice=unknown)
    typed = all_of(list(asked.parts))
    spots = [*sought(typed), *title_fields(typed)]
    wide = expanded(asked.parts, query, view, own)
    node = all_of(wide.parts)
    matcher = Matcher(view, scope, asked.regions, filed)
    matched = _match(matcher, wide.parts, query)
    plain = Answer(
        query,
        understood=say(typed),
        expansions=tuple(wide.expansions),
        completion=_completion(query, view, spots, titled),
        suggestion=suggest(query.text, view, spots),
        notice=unknown or asked.notice or matched.notice,
        problem=asked.problem,
    )
    if not spots:
        return _documents(plain, view, matched.mask)
    mask = matched.mask
    if any(title_fields(node)):
        # A passage may match by the titles above it alone, and then has nothing to show.
        mask = np.zeros_like(mask)
        mask[matcher.hits(node, matched.mask).passages] = True
    score = scores(matcher, {**wide.weights, **Counter(spots)})
    others: tuple[Spot, ...] = ()
    if _wants_related(query, len(spots)) and matched.mask is not matched.strict:
        weights = widened(view, spots, mask, score)
        others = tuple(spot for spot in weights if spot not in spots)
        if others:
            score = scores(matcher, weights)
            mask = mask | (matched.firm & (score > 0))
    if query.document_id:
        order = (np.flatnonzero(mask), np.zeros(int(mask.sum()), np.int64))
        limit = MOST_HITS
    else:
        # Where all words are comes first, however well the rest answers.
        lead = np.where(matched.strict, score + float(score.max(initial=0)), score)
        order = best(view, mask, lead, query.limit)
        limit = query.limit
    wanted = np.zeros_like(mask)
    wanted[order[0]] = True
    found = matcher.hits(node, wanted)
    total = matcher.total(node, mask)
    if others:
        # A passage without any of the words asked for shows those that led to it.
        wanted[found.passages] = False
        led = matcher.hits(Or(others), wanted)
        found, total = united([found, led]), total + len(led.keys)
    hits = [
        hit
        for passage, which in _shared(found, order, limit)
        for hit in _hits(view, found, passage, which, float(score[passage]))
    ]
    if query.document_id:
        hits.sort(key=_reading_order)
        total = len(hits)
    notices = [plain.notice, _RELATED if others else ""]
    notices += [_CUT.format(say(term)) for term in list(matcher.cut)[:1]]
    notice = " ".join(filter(None, notices))
    return replace(plain, hits=tuple(hits[: query.limit]), total=total, notice=notice)


def _completion(query: Query, view: View, spots: Sequence[Spot], titled: Titled) -> str:
    if not query.typing:
        return ""
    return title_completion(query.text, titled) or completion(query.text, view, spots)


def _unknown(parts: Sequence[Node], filed: Filing) -> str:
    """A sentence about the first collection, tag or kind in a query that there is none of."""
    for one in filings(parts):
        if filed(one.field, one.name) is None:
            return _NO_SUCH[one.field].format(one.name)
    return ""


def _wants_related(query: Query, words: int) -> bool:
    """Whether other words may answer too: a question of some length, or a long list wanted."""
    long = words >= SENTENCE or query.limit >= LONG_LIST
    return query.related and not query.document_id and long


def _reading_order(hit: Hit) -> tuple[int, int, bool]:
    return (hit.span.start, hit.span.end, hit.kind != "title")


@dataclass(frozen=True, slots=True)
class _Matched:
    """Which passages match, and which of them hold all that was asked for."""

    mask: Array
    strict: Array
    firm: Array
    notice: str = ""


def _match(matcher: Matcher, parts: Sequence[Node], query: Query) -> _Matched:
    """The passages that hold all parts; with too few of them, those that hold most of the words.

    What was put in quotes, left out or asked of a field is never given up. In one document it is
    all words, unless no passage holds them.
    """
    loose = [part for part in parts if _may_be_missing(part)]
    masks = [matcher.mask(part) for part in loose]
    firm = matcher.scope
    for part in parts:
        if part not in loose:
            firm = firm & matcher.mask(part)
    held = np.zeros(len(firm), np.int32)
    for mask in masks:
        held += mask
    strict = firm & (held == len(loose))
    found = int(strict.sum())
    enough = _enough(query, len(loose))
    if found >= enough or len(loose) < 2:
        return _Matched(strict, strict, firm)
    longest = query.limit >= LONG_LIST and not query.document_id
    for least in (1,) if longest else range(len(loose) - 1, 0, -1):
        mask = firm & (held >= least)
        more = int(mask.sum())
        if more >= enough or (more > found and enough == HANDFUL):
            break
    if more == found:
        return _Matched(strict, strict, firm)
    some = "some" if least <= len(loose) // 2 else "most"
    if found:
        sections = "One section holds" if found == 1 else f"{found} sections hold"
        return _Matched(
            mask, strict, firm, f"{sections} all the words; those with {some} of them follow."
        )
    return _Matched(
        mask, strict, firm, f"No section holds all the words; these hold {some} of them."
    )


def _enough(query: Query, words: int) -> int:
    """How many sections that hold all the words make those that hold fewer unwanted.

    A few words are a place to be found, a sentence is a question whose best answers are wanted,
    and who asks for a long list wants it filled.
    """
    if query.document_id:
        return 1
    if query.limit >= LONG_LIST:
        return query.limit
    return HANDFUL if words < SENTENCE else FEW


def _may_be_missing(node: Node) -> bool:
    return isinstance(node, SPOTS) and all(term.how != "exact" for term in terms(node))


def _documents(plain: Answer, view: View, mask: Array) -> Answer:
    """One hit for each document that a question without words is about: its title."""
    passages = np.flatnonzero(mask)
    documents, first = np.unique(view.documents[passages], return_index=True)
    hits = []
    for document, passage in zip(documents.tolist(), passages[first].tolist(), strict=True):
        segment, inside = view.place(passage)
        span = segment.title_span(inside)
        hits.append(Hit(view.document_id(document), "", "title", span, span))
    return replace(plain, hits=tuple(hits[: plain.query.limit]), total=len(hits))


def _shared(
    found: Occurrences, order: tuple[Array, Array], limit: int
) -> Iterator[tuple[int, Array]]:
    """Of each passage, the best first, those of its places that may be shown.

    The limit is shared out among the documents, then among the passages of each: twenty hits from
    twenty documents say more than twenty from one section.
    """
    passages, documents = order
    starts = np.searchsorted(found.passages, passages)
    counts = np.searchsorted(found.passages, passages, "right") - starts
    firsts = np.flatnonzero(np.diff(documents, prepend=-1))
    edges = [*firsts.tolist(), len(passages)]
    of_documents = np.add.reduceat(counts, firsts).tolist() if len(firsts) else []
    for quota, first, last in zip(share(limit, of_documents), edges[:-1], edges[1:], strict=True):
        shares = share(quota, counts[first:last].tolist())
        for number, some in zip(range(first, last), shares, strict=True):
            if some:
                start = int(starts[number])
                yield int(passages[number]), np.arange(start, start + some)


def _hits(
    view: View, found: Occurrences, passage: int, which: Array, score: float
) -> Iterator[Hit]:
    """The hits at some places of one passage."""
    segment, inside = view.place(passage)
    document = view.document_id(int(view.documents[passage]))
    span, section = segment.span(inside), segment.section(inside)
    first = found.keys[which] & _SLOT
    starts, ends = segment.offsets(inside)
    listed, listed_end = (int(edge[passage]) for edge in view.regions["references"])
    kind: HitKind = "title" if view.kinds[passage] == TITLE else "text"
    last = first + found.widths[which] - 1
    for slot, start, end in zip(
        first.tolist(), starts[first].tolist(), ends[last].tolist(), strict=True
    ):
        yield Hit(
            document,
            section,
            "reference" if listed <= slot < listed_end else kind,
            Span(start, end),
            span,
            score,
        )
