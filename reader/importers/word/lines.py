"""Writes what stands in a line of such a file: words with their marks, formulas, signs, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.formula.write import write_mathml
from reader.importers.html.inline_marks import labels_in
from reader.importers.word.parts import Event, Marks
from reader.model.document import MarkKind

_BRACKETED = re.compile(r"\[(\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*)\]")
_RAISED = re.compile(r"\s*[\[(]?\d{1,3}(\s?[,;–-]\s?\d{1,3})*[\])]?\s*")
_BEFORE_RAISED = re.compile(r"([^\W\d_]{3}|[^\W\d_]\)|[\])”\"’.,;:?!%])\s*$")


class Lines:
    """Writes events into the open block; `labels` are those of references."""

    def __init__(self, writer: DocumentBuilder, labels: set[str]) -> None:
        self._writer = writer
        self._labels = labels
        self._before = ""

    def write(
        self,
        events: Sequence[Event],
        plain: bool = False,
        skip: int = 0,
        pictures: Sequence[Event] = (),
    ) -> None:
        """Write events into the open block, without the first `skip` characters of them."""
        writer = self._writer
        self._before = ""
        open_marks: list[tuple[MarkKind, str]] = []
        for event in events:
            if event.kind == "text":
                text = event.text[skip:]
                skip -= len(event.text) - len(text)
                if text:
                    marks = self._marks(event, text, plain)
                    self._change(open_marks, marks)
                    self._text(text, marks)
            elif event.kind == "formula" and event.mathml is not None:
                self._change(open_marks, event.marks)
                write_mathml(writer, event.mathml)
                self._before = ""
            elif event.kind == "break":
                skip = max(0, skip - 1)
                writer.line_break()
            elif event.kind == "note":
                self._change(open_marks, ())
                # In brackets, so that it is never read as a part of a number before it.
                with writer.mark("reference_mark", f"#{event.target}"):
                    writer.add(f"[{event.text}]")
            elif event.kind == "anchor":
                writer.anchor(event.target)
            elif event.kind == "left_out":
                writer.leave_out(event.reason, event.text)
            elif event.picture is not None and not any(event is one for one in pictures):
                writer.add(event.picture.alternative)
        self._change(open_marks, ())

    def _change(self, open_marks: list[tuple[MarkKind, str]], wanted: Marks) -> None:
        """Close and open marks, so that those are open that are wanted."""
        same = 0
        while same < min(len(open_marks), len(wanted)) and open_marks[same] == wanted[same]:
            same += 1
        while len(open_marks) > same:
            open_marks.pop()
            self._writer.close_mark()
        for kind, target in wanted[same:]:
            open_marks.append((kind, target))
            self._writer.open_mark(kind, target)

    def _marks(self, event: Event, text: str, plain: bool) -> Marks:
        marks = event.marks
        if plain:
            marks = tuple(mark for mark in marks if mark[0] != "strong")
        if self._labels and ("sup", "") in marks and _RAISED.fullmatch(text):
            labels = labels_in(text.strip(" []()"), self._labels)
            if labels and _BEFORE_RAISED.search(self._before):
                return (("reference_mark", " ".join(labels)), ("sup", ""))
        return marks

    def _text(self, text: str, marks: Marks) -> None:
        at = 0
        linked = any(kind in ("link", "reference_mark") for kind, _ in marks)
        for found in () if linked or not self._labels else _BRACKETED.finditer(text):
            labels = labels_in(found[1], self._labels)
            if labels:
                self._writer.add(text[at : found.start()])
                with self._writer.mark("reference_mark", " ".join(labels)):
                    self._writer.add(found[0])
                at = found.end()
        self._writer.add(text[at:])
        self._before = (self._before + text)[-24:]
