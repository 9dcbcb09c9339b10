"""Words that say nothing of what a text is about, and so count nothing in a query."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.search.analyzer import RAW, STOP_WORDS
from reader.search.query_ast import Node, Not, Term
from reader.search.tokens import as_said

_ASKING = frozenset("what which who whom whose when where why how".split())
_VERBS = frozenset(
    "am is are was were be been being do does did doing done has have had having can could may "
    "might must shall should will would".split()
)
# What holds the words of a question together. A few words are a place to be found, and take all
# of them but the stop words; a question is about what is left.
IN_A_QUESTION = (
    STOP_WORDS
    | _ASKING
    | _VERBS
    | frozenset(
        "i me my we us our you your he him his she her hers its them those "
        "about above after again against all also although among any anyone anything because "
        "before below between both but during each either else ever every from further here hers "
        "however just let like more most much many neither nor now off once only onto other others "
        "otherwise out over own per rather same since so some something still than through thus "
        "too toward towards under until up upon very via whether while within without yet "
        "concerning regarding pertaining relating related there please know known tell say said "
        "describe discuss explain give given find information available obtained".split()
    )
)
_SENTENCE = 5
_SIGNS = re.compile(r"[\"“”„«»:()*~]|\?(?=\w)|(?<!\S)[-−](?!\d)|\b(?:AND|OR|NOT|NEAR)\b")


def is_question(text: str) -> bool:
    """Whether a query is a question or a sentence rather than a few words.

    Words beside signs and operators are terms, however many they are.
    """
    if _SIGNS.search(as_said(text)):
        return False
    words = [raw.lower() for raw in RAW.findall(text)]
    if not words:
        return False
    asks = words[0] in _ASKING or (words[0] in _VERBS and len(words) > 2)
    return asks or text.rstrip().endswith("?") or len(words) >= _SENTENCE


def without_function_words(nodes: Sequence[Node], text: str) -> tuple[Node, ...]:
    """All parts of a query but words such as "the" and "of", unless nothing else is looked for.

    In a question "what" and "does" and their like count nothing either. What stands in capitals,
    in quotes or with a sign is meant.
    """
    idle = IN_A_QUESTION if is_question(text) else STOP_WORDS
    stops = {n for n in nodes if isinstance(n, Term) and n.how == "word" and n.text in idle}
    kept = tuple(n for n in nodes if n not in stops)
    return kept if any(not isinstance(n, Not) for n in kept) else tuple(nodes)
