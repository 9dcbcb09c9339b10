"""Formulas as trees: made at random, set in every notation, and read back from their line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

Tree = tuple[Any, ...]
"""The name of a construct, then its parts; of a leaf its text."""
Run = tuple[str, Sequence[str]]

_NUMBERS = st.sampled_from(["2", "72", "140", "0.85", "1.73"]).map(lambda n: ("number", n))
_LETTERS = st.sampled_from(["x", "k", "t", "κ"]).map(lambda n: ("word", n))
_WORDS = st.sampled_from(["age", "weight"]).map(lambda n: ("word", n))
_LEAVES = st.one_of(_NUMBERS, _LETTERS, _WORDS)
_SIGNS = {"add": "+", "subtract": "−", "multiply": "×"}


def _larger(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    two = [st.tuples(st.just(name), inner, inner) for name in (*_SIGNS, "fraction", "power")]
    factor = st.one_of(_NUMBERS, inner.filter(lambda t: t[0] in ("fraction", "root", "power")))
    product = st.tuples(st.just("product"), factor, st.one_of(_LETTERS, inner.filter(_may_follow)))
    return st.one_of(
        *two,
        product.filter(lambda t: not _is_mixed(t)),
        st.tuples(st.just("root"), inner),
        st.tuples(st.just("negative"), inner),
        st.tuples(st.just("index"), _LETTERS, _LEAVES),
        st.just(("mixed", "1", "1", "2")),
    )


def _may_follow(tree: Tree) -> bool:
    return tree[0] in ("fraction", "root", "add", "subtract")


def _is_mixed(tree: Tree) -> bool:
    """Whether it would be set as "1 1/2" is, which means something else."""
    return (
        tree[1][0] == "number"
        and tree[2][0] == "fraction"
        and all(part[0] == "number" for part in tree[2][1:])
    )


TREES: st.SearchStrategy[Tree] = st.recursive(_LEAVES, _larger, max_leaves=10)

_SUMS = ("add", "subtract", "negative")
_FENCED = {
    ("subtract", 2): ("add", "subtract", "negative"),
    ("add", 2): _SUMS,
    ("multiply", 1): _SUMS,
    ("multiply", 2): (*_SUMS, "multiply"),
    ("negative", 1): _SUMS,
    ("product", 1): (*_SUMS, "multiply", "product", "mixed"),
    ("product", 2): (*_SUMS, "multiply", "product", "mixed"),
    ("power", 1): (*_SUMS, "multiply", "product", "mixed", "power", "index"),
}
"""Where a writer puts brackets: parts of these kinds, at this place in such a formula."""


class Notation:
    """A way to set formulas; each method gives the source of a construct from that of its parts."""

    def row(self, *parts: str) -> str:
        return "".join(parts)

    def fenced(self, part: str) -> str:
        raise NotImplementedError

    def leaf(self, kind: str, text: str) -> str:
        raise NotImplementedError

    def build(self, kind: str, *parts: str) -> str:
        raise NotImplementedError

    def whole(self, part: str) -> str:
        raise NotImplementedError

    def set(self, tree: Tree) -> str:
        return self.whole(self._set(tree))

    def _set(self, tree: Tree) -> str:
        kind = tree[0]
        if kind in ("number", "word"):
            return self.leaf(kind, str(tree[1]))
        if kind == "mixed":
            whole, over, under = (self.leaf("number", str(n)) for n in tree[1:])
            return self.row(whole, self.build("fraction", over, under))
        parts = []
        for place, part in enumerate(tree[1:], start=1):
            assert isinstance(part, tuple)
            made = self._set(part)
            fenced = part[0] in _FENCED.get((kind, place), ())
            parts.append(self.fenced(made) if fenced else made)
        if kind in _SIGNS:
            return self.row(parts[0], self.leaf("sign", _SIGNS[kind]), parts[1])
        if kind == "negative":
            return self.row(self.leaf("sign", "−"), parts[0])
        if kind == "product":
            return self.row(*parts)
        return self.build(kind, *parts)


class MathML(Notation):
    def fenced(self, part: str) -> str:
        return f"<mrow><mo>(</mo>{part}<mo>)</mo></mrow>"

    def leaf(self, kind: str, text: str) -> str:
        name = {"number": "mn", "word": "mi", "sign": "mo"}[kind]
        return f"<{name}>{text}</{name}>"

    def build(self, kind: str, *parts: str) -> str:
        name = {"fraction": "mfrac", "power": "msup", "root": "msqrt", "index": "msub"}[kind]
        inside = "".join(f"<mrow>{part}</mrow>" for part in parts)
        return f"<{name}>{inside}</{name}>"

    def whole(self, part: str) -> str:
        return f"<math>{part}</math>"


class FlatMathML(MathML):
    """Brackets among their neighbours, and raised what follows the closing one."""

    def fenced(self, part: str) -> str:
        return f"<mo>(</mo>{part}<mo>)</mo>"

    def build(self, kind: str, *parts: str) -> str:
        if kind == "power" and parts[0].endswith("<mo>)</mo>"):
            inner = parts[0].removesuffix("<mo>)</mo>")
            return f"{inner}<msup><mo>)</mo><mrow>{parts[1]}</mrow></msup>"
        return super().build(kind, *parts)


class FencedMathML(MathML):
    def fenced(self, part: str) -> str:
        return f"<mfenced><mrow>{part}</mrow></mfenced>"


class OfficeMath(Notation):
    def fenced(self, part: str) -> str:
        return f"<m:d><m:e>{part}</m:e></m:d>"

    def leaf(self, kind: str, text: str) -> str:
        return f"<m:r><m:t>{text}</m:t></m:r>"

    def build(self, kind: str, *parts: str) -> str:
        if kind == "fraction":
            return f"<m:f><m:num>{parts[0]}</m:num><m:den>{parts[1]}</m:den></m:f>"
        if kind == "root":
            return (
                "<m:rad><m:radPr><m:degHide m:val='1'/></m:radPr><m:deg/>"
                f"<m:e>{parts[0]}</m:e></m:rad>"
            )
        name, script = ("sSup", "sup") if kind == "power" else ("sSub", "sub")
        return f"<m:{name}><m:e>{parts[0]}</m:e><m:{script}>{parts[1]}</m:{script}></m:{name}>"

    def whole(self, part: str) -> str:
        space = "http://schemas.openxmlformats.org/officeDocument/2006/math"
        return f"<m:oMath xmlns:m='{space}'>{part}</m:oMath>"


class TeX(Notation):
    def fenced(self, part: str) -> str:
        return rf"\left({part}\right)"

    def leaf(self, kind: str, text: str) -> str:
        if kind == "word":
            return {"κ": r"\kappa "}.get(text, text if len(text) == 1 else rf"\mathrm{{{text}}}")
        return {"×": r"\times ", "−": "-"}.get(text, text)

    def build(self, kind: str, *parts: str) -> str:
        if kind == "fraction":
            return rf"\frac{{{parts[0]}}}{{{parts[1]}}}"
        if kind == "root":
            return rf"\sqrt{{{parts[0]}}}"
        return rf"{{{parts[0]}}}{'^' if kind == 'power' else '_'}{{{parts[1]}}}"

    def whole(self, part: str) -> str:
        return part


class PlainTeX(TeX):
    def fenced(self, part: str) -> str:
        return f"({part})"


def tree_of(runs: Sequence[Run]) -> Tree:
    """What a line says, by the usual precedence: raised first, then what touches, then × and /."""
    parser = _Parser([token for text, kinds in runs for token in _tokens(text, tuple(kinds))])
    tree = parser.sum(())
    assert parser.at == len(parser.tokens), parser.tokens[parser.at :]
    return tree


Token = tuple[str, tuple[str, ...]]


def _tokens(text: str, kinds: tuple[str, ...]) -> list[Token]:
    return [(found, kinds) for found in re.findall(r"\d+\.?\d*|[^\W\d_]+|\S| ", text)]


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        spaced = {"+", "−", "×"}
        self.tokens = [
            token
            for i, token in enumerate(tokens)
            if token[0] != " "
            or (
                not (tokens[i - 1 : i] and tokens[i - 1][0] in spaced)
                and not (tokens[i + 1 : i + 2] and tokens[i + 1][0] in spaced)
            )
        ]
        self.at = 0

    def _next(self, level: tuple[str, ...]) -> str:
        """The token ahead, "" at the end or where what is raised ends."""
        if self.at >= len(self.tokens) or self.tokens[self.at][1] != level:
            return ""
        return self.tokens[self.at][0]

    def _take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1][0]

    def sum(self, level: tuple[str, ...]) -> Tree:
        if self._next(level) == "−":
            self._take()
            tree: Tree = ("negative", self._term(level))
        else:
            tree = self._term(level)
        while self._next(level) in ("+", "−"):
            name = "add" if self._take() == "+" else "subtract"
            tree = (name, tree, self._term(level))
        return tree

    def _term(self, level: tuple[str, ...]) -> Tree:
        tree = self._factor(level)
        while self._next(level) in ("×", "/"):
            name = "multiply" if self._take() == "×" else "fraction"
            tree = (name, tree, self._factor(level))
        return tree

    def _factor(self, level: tuple[str, ...]) -> Tree:
        tree = self._scripted(level)
        if self._next(level) == " ":
            self._take()
            over = self._take()
            assert self._take() == "/"
            return ("mixed", tree[1], over, self._take())
        while re.match(r"[^\W\d_]|[(√]", self._next(level)):
            tree = ("product", tree, self._scripted(level))
        return tree

    def _scripted(self, level: tuple[str, ...]) -> Tree:
        tree = self._atom(level)
        while self.at < len(self.tokens) and self.tokens[self.at][1][:-1] == level:
            kind = self.tokens[self.at][1][-1:]
            if not kind:
                break
            name = "power" if kind == ("sup",) else "index"
            tree = (name, tree, self.sum((*level, *kind)))
        return tree

    def _atom(self, level: tuple[str, ...]) -> Tree:
        token = self._take()
        if token == "(":
            tree = self.sum(level)
            assert self._take() == ")"
            return tree
        if token == "√":
            return ("root", self._atom(level))
        return ("number" if token[0].isdigit() else "word", token)
