"""From a query to its hits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from reader.formats import KINDS
from reader.model.search import Answer, Hit, HitKind, Query
from reader.model.span import Span
from reader.search.answering_notes import NotesAsked, note_hits, unmatched
from reader.search.arrays import Array, each_once
from reader.search.completion import Titled, completion, title_completion, untitled
from reader.search.feedback import DOCUMENTS, widened
from reader.search.index_view import View
from reader.search.inverter import TITLE
from reader.search.leniency import Matched, asks, match
from reader.search.matcher import Filing, Matcher, nowhere
from reader.search.meaning import Meaning
from reader.search.note_index import NoteIndex
from reader.search.positions import PASSAGE_SHIFT, Occurrences, united
from reader.search.query_ast import (
    Field,
    Filed,
    Marked,
    Node,
    Or,
    Spot,
    Years,
    all_of,
    leaves,
    sought,
    stands_alone,
    title_fields,
)
from reader.search.query_parser import Asked, parse
from reader.search.ranking import (
    RERANKED,
    best,
    by_meaning,
    first_documents,
    scores,
    share,
)
from reader.search.saying import in_words, is_more_than_words, say
from reader.search.spelling import suggest
from reader.search.synonyms import Expanded, expanded
from reader.search.word_forms import Forms

MOST_HITS = 1_000_000
_CUT = "Very many words are like {}; only the commonest are looked for."
_NO_SUCH = {
    "collection": "There is no collection “{}”.",
    "tagged": "No document has the tag “{}”.",
    "kind": f"There is no kind “{{}}”: try {', '.join(KINDS[:-1])} or {KINDS[-1]}.",
}
_NONE_OF = {
    "collection": "The collection “{}” is empty.",
    "tagged": "No document here has the tag “{}”.",
    "kind": "No document is of the kind “{}”.",
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
    notes: NoteIndex | None = None,
    meaning: Meaning | None = None,
) -> Answer:
    """The answer to a question about those passages of the view that are in the scope.

    `own` are short forms that we know ourselves; `filed` gives the documents of a collection, …,
    `titled` a title that begins so; `notes` are those of the person who asks; `meaning` puts the
    best documents in a better order.
    """
    asked = parse(query.text, query.typing)
    others = [notes.view] if notes is not None else []
    wide = expanded(asked.parts, query, view, own, others)
    filed = cache(filed)
    matcher = Matcher(view, scope, asked.regions, filed)
    plain = Answer(
        query,
        understood=in_words(asked.parts, asked.regions, _said_of_notes(asked)),
        signs=bool(asked.regions or asked.notes) or is_more_than_words(asked.parts),
        expansions=tuple(wide.expansions),
        notice=_unmatched(asked, matcher, notes) or asked.notice,
        problem=asked.problem,
        notes_only=asked.notes == "only",
    )
    if notes is not None:
        spots = [spot for part in wide.typed for spot in sought(part)]
        weights = {**wide.weights, **Counter(spots)}
        wanted = NotesAsked(query, asked, wide.parts, weights, Matcher(view, view.alive, (), filed))
        plain = replace(plain, notes=note_hits(wanted, notes))
    if not asked.parts or asked.notes == "only":
        return plain
    return _texts(plain, view, matcher, wide, titled, meaning if query.meaning else None)


def _said_of_notes(asked: Asked) -> str:
    """What is to be said of notes; a colour or tag says by itself that only they have it."""
    return "" if any(isinstance(part, Marked) for part in asked.parts) else asked.notes


def _texts(
    plain: Answer,
    view: View,
    matcher: Matcher,
    wide: Expanded,
    titled: Titled,
    meaning: Meaning | None,
) -> Answer:
    """The answer with what the texts say."""
    query = plain.query
    typed, node = all_of(wide.typed), all_of(wide.parts)
    spots = [*sought(typed), *title_fields(typed)]
    matched = match(matcher, wide.parts, query)
    plain = replace(
        plain,
        completion=_completion(query, view, spots, titled),
        suggestion=suggest(query.text, view, spots),
        notice=plain.notice or matched.notice or _of_beginnings(wide.beginnings),
    )
    if not spots:
        return _documents(plain, view, matched.mask)
    mask = matched.mask
    alone = _alone(view, matcher, node, mask) if stands_alone(node) else []
    if any(title_fields(node)):
        # A passage may match by the titles above it alone, and then has nothing to show.
        mask = np.zeros_like(mask)
        mask[matcher.hits(node, matched.mask).passages] = True
    score = scores(matcher, {**wide.weights, **Counter(spots)}, mask)
    others: tuple[Spot, ...] = ()
    if _wants_related(query, len(spots), view, matched):
        weights = widened(view, spots, mask, score)
        others = tuple(spot for spot in weights if spot not in spots)
        if others:
            score = scores(matcher, weights)
            mask = mask | (matched.firm & (score > 0))
    if query.document_id:
        order = (np.flatnonzero(mask), np.zeros(np.count_nonzero(mask), np.int64))
        limit = MOST_HITS
    else:
        # Where all words are comes first, however well the rest answers.
        lead = np.where(matched.strict, score + float(score.max(initial=0)), score)
        limit = query.limit
        if meaning is not None and len(spots) > 1:
            order = best(view, mask, lead, max(limit, RERANKED))
            order = _by_meaning(query, view, order, score, matched.strict, meaning)
            order = first_documents(order, limit)
        else:
            order = best(view, mask, lead, limit)
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
    hits += alone
    if query.document_id:
        hits.sort(key=_reading_order)
        total = len(hits)
    else:
        total += len(alone)
    notices = [plain.notice, _RELATED if others else ""]
    notices += [_CUT.format(say(term)) for term in list(matcher.cut)[:1]]
    notice = " ".join(filter(None, notices))
    return replace(plain, hits=tuple(hits[: query.limit]), total=total, notice=notice)


def _by_meaning(
    query: Query,
    view: View,
    order: tuple[Array, Array],
    score: Array,
    strict: Array,
    meaning: Meaning,
) -> tuple[Array, Array]:
    """The order with the first documents by what they mean, if that is known of any."""
    documents = order[1]
    firsts = documents[np.flatnonzero(np.diff(documents, prepend=-1))][:RERANKED]
    likeness = meaning.likeness(query.text, [view.document_id(n) for n in firsts.tolist()])
    return order if likeness is None else by_meaning(order, score, strict, likeness)


def _of_beginnings(words: Sequence[str]) -> str:
    said = "”, “".join(words[:3])
    return f"No word is “{said}”; those that begin so are looked for." if words else ""


def _alone(view: View, matcher: Matcher, node: Node, mask: Array) -> list[Hit]:
    """The titles of documents that match without a place in them, as by a year beside an OR."""
    places = matcher.hits(node, mask).passages
    documents = np.setdiff1d(view.documents[mask], view.documents[places])
    passages = np.flatnonzero(mask)
    first = np.searchsorted(view.documents[passages], documents)
    order = np.argsort(view.ranks[documents])
    return _titles(view, documents[order], passages[first[order]])


def _completion(query: Query, view: View, spots: Sequence[Spot], titled: Titled) -> str:
    if not query.typing:
        return ""
    return title_completion(query.text, titled) or completion(query.text, view, spots)


def _unmatched(asked: Asked, matcher: Matcher, notes: NoteIndex | None) -> str:
    """A sentence about the first filter in a query that lets nothing through."""
    for one in leaves(asked.parts):
        if isinstance(one, Filed):
            if matcher.filed(one.field, one.name) is None:
                return _NO_SUCH[one.field].format(one.name)
            if not matcher.mask(one).any():
                return _NONE_OF[one.field].format(one.name)
        elif isinstance(one, Years) and not matcher.mask(one).any():
            return f"Nothing is {say(one)}."
        elif isinstance(one, Field) and not matcher.mask(one).any():
            return f"Nothing is {say(one)}." if one.name == "author" else f"Nothing {say(one)}."
    return unmatched(asked, notes) if notes is not None else ""


def _wants_related(query: Query, words: int, view: View, matched: Matched) -> bool:
    """Whether other words may answer too: when few passages hold all that was asked for.

    To learn such words from takes a question of some length, or as many answers as are learnt from.
    """
    if not query.related or query.document_id or matched.mask is matched.strict:
        return False
    return asks(query, words) or len(each_once(view.documents[matched.mask])) >= DOCUMENTS


def _reading_order(hit: Hit) -> tuple[int, int, bool]:
    return (hit.span.start, hit.span.end, hit.kind != "title")


def _documents(plain: Answer, view: View, mask: Array) -> Answer:
    """One hit for each document that a question without words is about: its title."""
    passages = np.flatnonzero(mask)
    documents, first = np.unique(view.documents[passages], return_index=True)
    order = np.argsort(view.ranks[documents])
    hits = _titles(view, documents[order], passages[first[order]])
    return replace(plain, hits=tuple(hits[: plain.query.limit]), total=len(hits))


def _titles(view: View, documents: Array, passages: Array) -> list[Hit]:
    """The titles of documents, each of which a passage is known of."""
    hits = []
    for document, passage in zip(documents.tolist(), passages.tolist(), strict=True):
        segment, inside = view.place(passage)
        span = segment.title_span(inside)
        hits.append(Hit(view.document_id(document), "", "title", span, span))
    return hits


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
