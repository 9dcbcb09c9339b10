"""A passage as it is copied: plain text, and HTML with its marks and its tables' cells."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise

from reader.model.document import Block, Document, MarkKind, Table
from reader.model.plain_text import marks_over, plain_text
from reader.model.span import Span

_TAGS: dict[MarkKind, str] = {
    "strong": "b",
    "emphasis": "i",
    "sub": "sub",
    "sup": "sup",
    "strike": "s",
    "insert": "ins",
    "code": "code",
    "reference_mark": "sup",
}
# Excel begins another row at a line end, unless it is told not to.
_BREAK_IN_CELL = '<br style="mso-data-placement:same-cell">'


def copied_text(document: Document, span: Span) -> str:
    """The passage as plain text: printed numbers before whole paragraphs, tabs between cells."""
    lines = []
    for block, part in _parts(document, span):
        if block is not None and block.kind == "table":
            lines.append(_rows_as_text(document, _table(document, block), part))
        else:
            lines.append(_label(document, block, part, span) + plain_text(document, part))
    return "\n".join(lines)


def copied_html(document: Document, span: Span) -> str:
    """The passage as HTML: headings, paragraphs, tables, and marks inside them."""
    parts = list(_parts(document, span))
    if len(parts) == 1 and (parts[0][0] is None or parts[0][0].kind != "table"):
        return _label_html(document, *parts[0], span) + marked_html(document, parts[0][1])
    return "".join(_block_html(document, block, part, span) for block, part in parts)


def marked_html(document: Document, span: Span) -> str:
    """The words of a span with their marks as HTML elements; line ends become <br>."""
    marks = [m for m in marks_over(document, span) if m.kind in _TAGS]
    edges = {span.start, span.end}
    for mark in marks:
        edges.update((max(mark.span.start, span.start), min(mark.span.end, span.end)))
    html = ""
    for start, end in pairwise(sorted(edges)):
        kinds = {m.kind for m in marks if m.span.covers(Span(start, end))}
        if "reference_mark" in kinds:
            kinds.discard("sup")
        tags = [tag for kind, tag in _TAGS.items() if kind in kinds]
        words = escape(document.text[start:end], quote=False).replace("\n", "<br>")
        html += "".join(f"<{tag}>" for tag in tags) + words
        html += "".join(f"</{tag}>" for tag in reversed(tags))
    return html


def _parts(document: Document, span: Span) -> Iterator[tuple[Block | None, Span]]:
    """The blocks that the passage touches, each with its part; else the passage itself."""
    found = False
    for block in document.blocks:
        if block.span.start >= span.end:
            break
        if block.span.overlaps(span):
            found = True
            start, end = max(block.span.start, span.start), min(block.span.end, span.end)
            yield block, Span(start, end)
    if not found:
        yield None, span


def _table(document: Document, block: Block) -> Table:
    return next(table for table in document.tables if table.id == block.ref)


def _label(document: Document, block: Block | None, part: Span, span: Span) -> str:
    """What is printed before a paragraph that is copied from its beginning, with a space."""
    if block is None or part.start != block.span.start:
        return ""
    if part != block.span and span.end <= block.span.end:
        return ""
    if block.kind == "heading":
        section = document.outline.section(block.ref)
        return f"{section.number} " if section is not None and section.number else ""
    return f"{block.label} " if block.label and block.kind in ("list_item", "reference") else ""


def _label_html(document: Document, block: Block | None, part: Span, span: Span) -> str:
    return escape(_label(document, block, part, span), quote=False)


def _block_html(document: Document, block: Block | None, part: Span, span: Span) -> str:
    if block is not None and block.kind == "table":
        return _rows_as_html(document, _table(document, block), part)
    inner = _label_html(document, block, part, span) + marked_html(document, part)
    tag = "p"
    if block is not None and block.kind == "title":
        tag = "h1"
    elif block is not None and block.kind == "heading":
        section = document.outline.section(block.ref)
        tag = f"h{min(6, (section.level if section else 1) + 1)}"
    elif block is not None and block.kind == "preformatted":
        tag = "pre"
    elif block is not None and block.kind == "quote":
        tag = "blockquote"
    return f"<{tag}>{inner}</{tag}>"


def _rows_as_text(document: Document, table: Table, part: Span) -> str:
    lines = []
    if table.caption is not None and table.caption.overlaps(part):
        start, end = max(table.caption.start, part.start), min(table.caption.end, part.end)
        lines.append(plain_text(document, Span(start, end)))
    rows: dict[int, list[str]] = {}
    first = min((c.column for c in table.cells if _in(c.span, part)), default=0)
    for cell in table.cells:
        if not _in(cell.span, part):
            continue
        row = rows.setdefault(cell.row, [])
        # What a cell above reaches into keeps its place empty, so that columns stay columns.
        row += [""] * (cell.column - first - len(row))
        words = plain_text(document, _shared(cell.span, part)).replace("\t", " ")
        row.append(" ".join(words.split("\n")))
        row += [""] * (cell.column_span - 1)
    return "\n".join([*lines, *("\t".join(row) for _, row in sorted(rows.items()))])


def _rows_as_html(document: Document, table: Table, part: Span) -> str:
    html = ""
    if table.caption is not None and table.caption.overlaps(part):
        html += f"<caption>{marked_html(document, _shared(table.caption, part))}</caption>"
    cells = [cell for cell in table.cells if _in(cell.span, part)]
    first = min((cell.column for cell in cells), default=0)
    taken = {
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    rows: dict[int, str] = {}
    ends: dict[int, int] = {}
    for cell in cells:
        # What is not copied of a row keeps its place empty, so that columns stay columns.
        free = [
            column
            for column in range(ends.get(cell.row, first), cell.column)
            if (cell.row, column) not in taken
        ]
        rows[cell.row] = rows.get(cell.row, "") + "<td></td>" * len(free)
        ends[cell.row] = cell.column + cell.column_span
        tag = "th" if cell.header else "td"
        spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
        spans += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
        inner = marked_html(document, _shared(cell.span, part)).replace("<br>", _BREAK_IN_CELL)
        rows[cell.row] += f"<{tag}{spans}>{inner}</{tag}>"
    return f"<table>{html}{''.join(f'<tr>{row}</tr>' for _, row in sorted(rows.items()))}</table>"


def _in(cell: Span, part: Span) -> bool:
    return cell.overlaps(part) or (not len(cell) and part.start < cell.start < part.end)


def _shared(cell: Span, part: Span) -> Span:
    start = max(cell.start, part.start)
    return Span(start, max(start, min(cell.end, part.end)))
