"""Copied HTML as the Markdown of a note: its words with their marks, lists and tables.

Only what stands in the text itself is read: no picture, style or address is fetched or kept.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

_WITHOUT_WORDS = frozenset(
    ("head", "style", "script", "template", "svg", "math", "object", "select", "button", "noscript")
)
_PARAGRAPHS = frozenset(
    (
        *("p", "div", "section", "article", "header", "footer", "figure", "figcaption"),
        *("dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("blockquote", "pre", "ul", "ol", "table", "caption"),
    )
)
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "s": "~~", "del": "~~"}
_SIGNS = re.compile(r"([\\*`~])|(?<!\w)(_)|(_)(?!\w)")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BLANK_LINES = re.compile(r"\n{3,}")


def markdown_of(html: str) -> str:
    """Return the Markdown of a piece of HTML; "" when it holds no words."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return _BLANK_LINES.sub("\n\n", reader.text()).strip()


class _Reader(HTMLParser):
    """Writes Markdown while it goes through the elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._written: list[list[str]] = [[]]  # the page; and a cell while it is read
        self._passed_over = 0
        self._marks: list[str] = []  # those that are to be opened before the next word
        self._lists: list[int] = []  # the number of the last item, -1 in a list without numbers
        self._quotes = 0
        self._is_preformatted = False
        self._rows: list[list[str]] = []
        self._in_table = 0

    def text(self) -> str:
        """All that was written."""
        return "".join(self._written[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _WITHOUT_WORDS or self._passed_over:
            self._passed_over += tag in _WITHOUT_WORDS
        elif tag in _MARKS:
            self._marks.append(_MARKS[tag])
        elif tag == "br":
            self._write(" " if self._in_table else "\n")
        elif tag in ("td", "th") and self._in_table and self._rows:
            self._written.append([])
        elif tag == "tr" and self._in_table:
            self._rows.append([])
        elif tag == "li":
            self._begin_item()
        elif tag in _PARAGRAPHS:
            self._begin(tag)

    def _begin(self, tag: str) -> None:
        self._end_paragraph()
        if tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else -1)
        elif tag == "blockquote":
            self._quotes += 1
        elif tag == "table":
            self._in_table += 1
        elif tag == "pre":
            self._is_preformatted = True
            self._write("```\n")
        elif len(tag) == 2 and tag[0] == "h":
            self._write("#" * int(tag[1]) + " ")

    def _begin_item(self) -> None:
        if not self._lists:
            self._lists.append(-1)
        if self._lists[-1] >= 0:
            self._lists[-1] += 1
        sign = f"{self._lists[-1]}. " if self._lists[-1] >= 0 else "- "
        self._write("\n" + "  " * (len(self._lists) - 1) + sign)

    def handle_endtag(self, tag: str) -> None:
        if tag in _WITHOUT_WORDS:
            self._passed_over = max(0, self._passed_over - 1)
        elif self._passed_over:
            return
        elif tag in _MARKS:
            self._close(_MARKS[tag])
        elif tag in ("td", "th") and len(self._written) > 1:
            words = _SPACES.sub(" ", "".join(self._written.pop())).strip()
            self._rows[-1].append(words.replace("|", "\\|"))
        elif tag == "table" and self._in_table:
            self._end_table()
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            if not self._lists:
                self._write("\n\n")
        elif tag == "pre" and self._is_preformatted:
            self._is_preformatted = False
            self._write("\n```\n\n")
        elif tag in _PARAGRAPHS:
            if tag == "blockquote":
                self._quotes = max(0, self._quotes - 1)
            self._end_paragraph()

    def _close(self, sign: str) -> None:
        if sign in self._marks:
            # Nothing was marked.
            self._marks.reverse()
            self._marks.remove(sign)
            self._marks.reverse()
            return
        words = self._written[-1]
        last = words[-1] if words else ""
        # A sign that follows a space would close nothing.
        kept = last.rstrip(" ")
        if words:
            words[-1] = kept
        self._write(sign + last[len(kept) :])

    def _end_table(self) -> None:
        self._in_table -= 1
        if self._in_table:
            return
        while len(self._written) > 1:
            self._written.pop()
        rows, self._rows = [row for row in self._rows if row], []
        wide = max(map(len, rows), default=0)
        if not wide:
            return
        lines = ["| " + " | ".join(row + [""] * (wide - len(row))) + " |" for row in rows]
        lines.insert(1, "|" + " --- |" * wide)
        self._write("\n\n" + "\n".join(lines) + "\n\n")

    def _end_paragraph(self) -> None:
        if len(self._written) > 1:
            self._write(" ")
        elif not self._in_table and not self._lists:
            self._write("\n\n")

    def handle_data(self, data: str) -> None:
        is_between_cells = bool(self._in_table and self._rows) and len(self._written) == 1
        if self._passed_over or (is_between_cells and not data.strip()):
            return
        if self._is_preformatted:
            self._write(data)
            return
        words = _SPACES.sub(" ", data)
        written = self._written[-1]
        if not written or written[-1].endswith(("\n", " ")):
            words = words.lstrip(" ")
        if not words:
            return
        if "`" not in self._marks:
            words = _SIGNS.sub(lambda found: "\\" + found[0], words)
        if self._quotes and (not written or written[-1].endswith("\n")):
            self._write("> " * self._quotes)
        bare = words.lstrip(" ")
        if self._marks and bare:
            words = words[: len(words) - len(bare)] + "".join(self._marks) + bare
            self._marks.clear()
        self._write(words)

    def _write(self, words: str) -> None:
        self._written[-1].append(words)
