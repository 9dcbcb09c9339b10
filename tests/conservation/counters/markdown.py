"""Markdown: the tokens of markdown-it, of CommonMark with tables, struck words and notes."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from tests.conservation.counted import Container, Counting
from tests.conservation.counters.decoding import decoded
from tests.conservation.counters.html import count_page
from tests.conservation.counters.tex import add_with_tex, tex_signs

_FRONT = re.compile(r"\A---\s*\n.*?\n(---|\.\.\.)\s*(\n|\Z)", re.S)
# In the name of a gene it is no emphasis: CYP3A4*22.
_STAR = re.compile(r"(?<=[A-Z0-9])(?<!\\)\*(?=\d)")
_TASK = re.compile(r"\A\[([ xX])\](?=\s)")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*>")
_PLACES = ("sup", "sub")


def count(path: Path) -> list[Container]:
    """What the text shows when it is set."""
    text = decoded(path.read_bytes()).replace("\r\n", "\n").replace("\r", "\n")
    parser = MarkdownIt("commonmark", {"maxNesting": 100, "html": True})
    parser.enable(["table", "strikethrough"]).use(footnote_plugin).use(deflist_plugin)
    parser.use(sub_plugin).use(superscript_plugin)
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    counting = Counting()
    numbers: list[int | None] = []
    for token in parser.parse(_STAR.sub(r"\\*", _FRONT.sub("", text))):
        if token.type == "ordered_list_open":
            numbers.append(int(token.attrGet("start") or 1))
        elif token.type == "bullet_list_open":
            numbers.append(None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            numbers.pop()
        elif token.type == "list_item_open":
            number = numbers[-1]
            if number is not None:
                counting.label(f"{number}.")
                numbers[-1] = number + 1
        elif token.type == "footnote_open":
            counting.label(str(token.meta["id"] + 1))
        elif token.type == "list_item_close":
            counting.no_label()
        elif token.type == "inline":
            _line(counting, token.children or [])
        elif token.type in ("fence", "code_block"):
            counting.end()
            counting.add(token.content)
            counting.end()
        elif token.type == "math_block":
            counting.formula(tex_signs(token.content))
        elif token.type == "html_block":
            counting.end()
            counting.containers += _page(token.content)
        counting.end()
    return counting.containers


def _box(task: re.Match[str]) -> str:
    return "☐" if task[1] == " " else "☑"


def _page(content: str) -> list[Container]:
    try:
        return count_page(f"<html><body>{content}</body></html>")
    except (etree.ParserError, etree.XMLSyntaxError):
        return []


def _line(counting: Counting, tokens: list[Token]) -> None:
    position, struck = "", False
    for token in tokens:
        place = position if position in _PLACES else ""
        if token.type == "text":
            content = _TASK.sub(_box, token.content) if token is tokens[0] else token.content
            add_with_tex(counting, content, place, struck)  # type: ignore[arg-type]
        elif token.type == "code_inline":
            counting.add(token.content, place, struck)  # type: ignore[arg-type]
        elif token.type in ("softbreak", "hardbreak"):
            counting.add(" ")
        elif token.type.startswith("math_inline"):
            counting.formula(tex_signs(token.content))
        elif token.type in ("sup_open", "sub_open", "sup_close", "sub_close"):
            position = token.type[:3] if token.type.endswith("open") else ""
        elif token.type in ("s_open", "s_close"):
            struck = token.type == "s_open"
        elif token.type == "footnote_ref":
            counting.add(str(token.meta["id"] + 1), "sup")
        elif token.type == "image":
            counting.alternative(token.content)
        elif token.type == "html_inline":
            tag = _TAG.fullmatch(token.content)
            if tag and tag[2].lower() in _PLACES:
                position = "" if tag[1] else tag[2].lower()
            elif tag and tag[2].lower() in ("del", "s", "strike"):
                struck = not tag[1]
            elif tag and tag[2].lower() == "br":
                counting.add(" ")
