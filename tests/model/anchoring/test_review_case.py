from __future__ import annotations

from dataclasses import replace
from typing import Any

from reader.model.anchoring.reanchor import settle
from reader.model.anchoring.review_case import AROUND, Case, before, cases
from reader.model.anchoring.selector import describe, text_hash
from reader.model.annotation import Annotation
from tests.model.samples import ARTICLE, a_document, place

WORDS = "The usual dose is 0.5 mg per kg"


def on(words: str, **changes: Any) -> Annotation:
    return replace(Annotation("a", describe(a_document(), place(ARTICLE, words))), **changes)


def the_case(annotation: Annotation, new: str) -> Case:
    known = {text_hash(ARTICLE): ARTICLE}.get
    (change,) = settle(a_document(new), [annotation], known)
    assert change.after is not None
    (case,) = cases(a_document(new), [change.after, on("the day")], known)
    return case


def test_a_case_is_the_old_passage_and_where_it_may_be() -> None:
    new = ARTICLE.replace("0.5 mg", "5 mg")
    case = the_case(on(WORDS), new)
    assert case.span.cut(case.old) == WORDS
    assert case.proposals == (place(new, "The usual dose is 5 mg per kg"),)
    assert case.old in ARTICLE


def test_what_has_no_place_has_proposals() -> None:
    twin = "Use it with care."
    old = ARTICLE.replace("\n\nSide", f" {twin}\n\nSide").replace("\n\nQues", f" {twin}\n\nQues")
    first = place(old, twin)
    new = old[: first.start - 1] + old[first.end :]
    old_one = Annotation("a", describe(a_document(old), first))
    known = {text_hash(old): old}.get
    (change,) = settle(a_document(new), [old_one], known)
    assert change.after is not None
    (case,) = cases(a_document(new), [change.after], known)
    assert case.proposals == (place(new, twin),)


def test_round_a_passage_no_word_is_cut_where_it_begins() -> None:
    text = "word " * 200 + "HERE" + " word" * 200
    piece, span = before(describe(a_document(text), place(text, "HERE")), text)
    assert span.cut(piece) == "HERE"
    assert piece.startswith("word ")
    assert piece.endswith(" word")
    assert len(piece) <= 2 * AROUND + 4
    solid = "x" * 400 + "HERE" + "y" * 400
    piece, span = before(describe(a_document(solid), place(solid, "HERE")), solid)
    assert span.cut(piece) == "HERE"


def test_without_the_old_text_the_quote_and_its_context_are_shown() -> None:
    target = describe(a_document(), place(ARTICLE, WORDS))
    for text in (None, "another text"):
        piece, span = before(target, text)
        assert span.cut(piece) == WORDS
        assert piece == target.quote.prefix + WORDS + target.quote.suffix


def test_what_stands_round_the_end_of_a_text_ends_with_it() -> None:
    text = "x " * AROUND + "the end."
    target = describe(a_document(text), place(text, "the end."))
    piece, span = before(target, text)
    assert piece.endswith("the end.")
    assert span.cut(piece) == "the end."
