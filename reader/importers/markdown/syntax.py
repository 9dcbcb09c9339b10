"""Markdown as HTML that our own writer reads: CommonMark, and what people add to it.

Tables, strikethrough, footnotes, definition lists, task lists, TeX between dollars, raised and
lowered characters between "^" and "~". What CommonMark would drop without a word is kept: cells
beyond a table's header, signs of multiplication, words in angle brackets that are no HTML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from lxml import etree
from lxml.html import defs
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from reader.importers.common.elements import tag_of
from reader.importers.formula.write import mathml_of_tex
from reader.importers.html.parsing import parse_html
from reader.importers.markdown.drawn_tables import drawn_tables
from reader.problem import Problem

_KEPT_TAG = re.compile(
    r"<(/?)(sub|sup|br|b|i|em|strong|code|kbd|abbr|u|mark|small|del|s|strike|ins|q)\b[^>]*>", re.I
)
_PICTURE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
_TASK = re.compile(r"\[([ xX])\](?=\s)")
# What tells a formula from two prices in a line.
_TEX = re.compile(r"[\\^_{}=<>+*/]|\A\s*[A-Za-z]'?\s*\Z")
_CELL = re.compile(r"(?<!\\)\|")
_KNOWN_TAGS = frozenset(defs.tags)


def html_of(text: str) -> tuple[str, list[str], list[str]]:
    """The HTML of a Markdown text, and the link definitions and the notes that nothing uses."""
    parser = _parser()
    env: dict[str, Any] = {}
    tokens = parser.parse(text, env)
    whole = _with_all_cells(text, tokens)
    if whole != text:
        env = {}
        tokens = parser.parse(whole, env)
    html = str(parser.renderer.render(tokens, parser.options, env))
    used = {
        str(token.attrs.get("href") or token.attrs.get("src"))
        for inline in tokens
        for token in inline.children or ()
    }
    unused = [
        f"[{label}]: {one['href']} {one['title']}".strip()
        for label, one in env.get("references", {}).items()
        if one["href"] not in used
    ]
    return html, unused, list(env.get("unused_notes", ()))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 100, "html": True})
    parser.enable(["table", "strikethrough"]).use(footnote_plugin).use(deflist_plugin)
    parser.use(drawn_tables).use(sub_plugin).use(superscript_plugin)
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    parser.inline.ruler.before("emphasis", "times", _times)
    parser.core.ruler.after("inline", "tasks", _tasks)
    parser.core.ruler.before("footnote_tail", "unused_notes", _unused_notes)
    for name in ("math_inline", "math_inline_double", "math_block"):
        parser.add_render_rule(name, _formula)
    parser.add_render_rule("html_inline", _inline_html)
    parser.add_render_rule("html_block", _block_html)
    return parser


def _times(state: StateInline, silent: bool) -> bool:
    """A star between two digits multiplies them, and emphasises nothing."""
    at, source = state.pos, state.src
    if source[at] != "*" or not 0 < at < len(source) - 1:
        return False
    if not (source[at - 1].isdigit() and source[at + 1].isdigit()):
        return False
    if not silent:
        state.pending += "*"
    state.pos += 1
    return True


def _tasks(state: StateCore) -> None:
    """Items of a task list begin with a box that is ticked or not."""
    for before, inline in zip(state.tokens[1:], state.tokens[2:], strict=False):
        if before.type != "paragraph_open" or inline.type != "inline":
            continue
        opener = state.tokens[state.tokens.index(before) - 1]
        if opener.type == "list_item_open" and inline.children:
            first = inline.children[0]
            found = _TASK.match(first.content) if first.type == "text" else None
            if found:
                box = "☐" if found[1] == " " else "☑"
                first.content = box + first.content[found.end() :]


def _unused_notes(state: StateCore) -> None:
    """Keep the words of notes that no mark refers to, which no renderer shows."""
    refs = state.env.get("footnotes", {}).get("refs", {})
    label, said = None, list[str]()
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            label, said = str(token.meta["label"]), []
        elif token.type == "footnote_reference_close" and label is not None:
            if refs.get(f":{label}", -1) < 0 and said:
                state.env.setdefault("unused_notes", []).append(f"[^{label}]: {' '.join(said)}")
            label = None
        elif label is not None and token.content:
            said.append(token.content.strip())


def _with_all_cells(text: str, tokens: Sequence[Token]) -> str:
    """The text with empty header cells for each table that has longer rows below.

    Source: GitHub Flavored Markdown, 4.10: "the excess is ignored".
    """
    lines = text.split("\n")
    for token in tokens:
        if token.type != "table_open" or token.map is None:
            continue
        first, last = token.map
        counts = [_cells_in(lines[i]) for i in range(first, last) if i != first + 1]
        missing = max(counts) - counts[0]
        if missing > 0:
            lines[first] = lines[first].rstrip().rstrip("|") + " | " * (missing + 1)
            lines[first + 1] = lines[first + 1].rstrip().rstrip("|") + "| --- " * missing + "|"
    return "\n".join(lines)


def _cells_in(line: str) -> int:
    bare = line.strip()
    bare = bare.removeprefix("|")
    bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
    return len(_CELL.split(bare))


def _formula(
    _renderer: RendererHTML, tokens: Sequence[Token], place: int, _options: Any, _env: Any
) -> str:
    token = tokens[place]
    signs = token.markup or "$"
    tex = token.content.strip()
    math = mathml_of_tex(tex) if _TEX.search(tex) else None
    if math is None:
        # Money, or TeX that nobody knows: the source says at least what was meant.
        shown = escape(f"{signs}{token.content}{signs}")
        return f"<p>{shown}</p>\n" if token.type == "math_block" else shown
    if token.type == "math_block":
        math.set("display", "block")
    return str(etree.tostring(math, encoding="unicode"))


def _inline_html(
    _renderer: RendererHTML, tokens: Sequence[Token], place: int, _options: Any, _env: Any
) -> str:
    """A tag in a line: the plain ones that Markdown has no sign for; words that are no tag stay."""
    content = tokens[place].content
    tag = _KEPT_TAG.fullmatch(content.strip())
    if tag:
        return f"<{tag[1]}{tag[2].lower()}>"
    if _PICTURE.fullmatch(content.strip()):
        return content
    return "" if _is_html(content) else escape(content)


def _is_html(content: str) -> bool:
    """Whether something in angle brackets is HTML or a comment, and no word such as <dose>."""
    name = _TAG_NAME.match(content.strip())
    return name is None or name[1].lower() in _KNOWN_TAGS or "-" in name[1]


def _block_html(
    _renderer: RendererHTML, tokens: Sequence[Token], place: int, _options: Any, _env: Any
) -> str:
    """A block of HTML, by itself: a tag that it leaves open must not take in what follows."""
    content = tokens[place].content
    if not _is_html(content):
        return f"<p>{escape(content.strip())}</p>\n"
    try:
        root = parse_html(f"<html><body>{content}</body></html>")
    except Problem:
        return ""
    body = next((e for e in root.iter() if tag_of(e) == "body"), root)
    return str(etree.tostring(body, encoding="unicode", method="html")).strip()
