"""Marks of HTML: what emphasis, raised signs and links say of a run of characters."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.common.elements import BLOCKS, Element, roles_of, tag_of, text_of
from reader.importers.html.notes import Notes, is_mark_like
from reader.importers.html.styles import Styles, kinds_of_style
from reader.model.document import MarkKind

LONGEST_ADDRESS = 4000
ResolveLink = Callable[[str], str]
"""Given the address in a link: "#name" of a place in the document, an address to show, or ""."""

_BY_TAG: dict[str, MarkKind] = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "emphasis"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    **dict.fromkeys(("s", "del", "strike"), "strike"),
    "ins": "insert",
    "sub": "sub",
    "sup": "sup",
}
_SMALL_CAPS = re.compile(r"\b(small-?caps|smallcaps?)\b", re.I)
_SAFE = re.compile(r"(https?://|mailto:|doi:|offprint:|ftp://)", re.I)
_PERMALINK = re.compile(r"\s*[#¶§🔗]?\s*")
_PERMALINK_HINT = re.compile(
    r"\b(header-?link|anchor-?link|permalink|anchorjs-link|heading-anchor)\b"
)
_BRACKETED = re.compile(r"\[\^?(\w[\w.+-]{0,23}(?:\s?[,;–-]\s?\w[\w.+-]{0,23})*)\]")
_RAISED = re.compile(r"\s*[\[(]?\d{1,3}(\s?[,;–-]\s?\d{1,3})*[\])]?\s*")
_BEFORE_RAISED = re.compile(r"([^\W\d_]{3}|[^\W\d_]\)|[\])”\"’.,;:?!%])\s*$")
_UNIT_BEFORE = re.compile(r"\b(cm|mm|km|dm|nm|µm|kg/m|min|sec|log|inch|m|s)\s*$", re.I)
_OPERATOR = re.compile(r"\s*([=×*/^÷+−<>≤≥⁄]|[-–]\s*\d)")
_BETWEEN_MARKS = re.compile(r"[\s\[\](),;–-]*")


@dataclass(frozen=True, slots=True, eq=False)
class InnerMark:
    """A mark that is open.

    Nothing else is marked inside one that `is_whole`; what is in one that `is_verbatim` is not
    looked through for references; what `is_left_out` is not read.
    """

    kind: MarkKind
    target: str = ""
    is_whole: bool = False
    is_left_out: bool = False

    @property
    def is_verbatim(self) -> bool:
        """Whether brackets inside mean nothing but brackets."""
        return self.kind in ("code", "link", "reference_mark")


def page_link(untrusted_address: str) -> str:
    """Where a link of a page without an address of its own leads."""
    address = untrusted_address.strip()
    if address.startswith("#"):
        return "#" + unquote(address[1:]) if len(address) > 1 else ""
    return address if _SAFE.match(address) else ""


def labels_in(text: str, known: set[str]) -> list[str]:
    """The labels that "1,3–5" names; [] unless all are known."""
    labels: list[str] = []
    for part in re.split(r"\s?[,;]\s?", text.strip()):
        if part in known:
            labels.append(part)
            continue
        ends = re.fullmatch(r"(\d{1,3})\s?[–-]\s?(\d{1,3})", part)
        if not ends or int(ends[2]) < int(ends[1]):
            return []
        labels += [str(n) for n in range(int(ends[1]), int(ends[2]) + 1)]
    return labels if known.issuperset(labels) else []


class Marks:
    """Finds what each element of a document marks."""

    def __init__(self, notes: Notes, resolve_link: ResolveLink, styles: Styles) -> None:
        self.notes = notes
        self.styles = styles
        self._known = notes.known
        self._resolve = resolve_link

    def add(self, writer: DocumentBuilder, text: str) -> None:
        """Add text, with marks on "[1]" and "[1,3–5]" where the list has such references."""
        at = 0
        for match in _BRACKETED.finditer(text) if self._known and "[" in text else ():
            labels = labels_in(match[1], self._known)
            if labels:
                writer.add(text[at : match.start()])
                with writer.mark("reference_mark", " ".join(labels)):
                    writer.add(match[0])
                at = match.end()
        writer.add(text[at:])

    def marks_of(self, element: Element, tag: str, before: str) -> list[InnerMark]:
        """The marks that an element in the line is; `before` is the text that it follows.

        What a style adds comes first: a link that is raised is a raised link.
        """
        own = self._own_mark(element, tag, before)
        if own is not None and own.is_left_out:
            return [own]
        made = [own] if own is not None else []
        styled = self._styled(element)
        if own is not None and own.is_whole:
            styled = [kind for kind in styled if kind == "strike"]
        return [InnerMark(kind) for kind in styled if own is None or own.kind != kind] + made

    def _styled(self, element: Element) -> list[MarkKind]:
        """The marks that a style or a class makes of an element."""
        names = element.get("class") or ""
        declared = self.styles.declared(element)
        if not declared and not names:
            return []
        length = len(text_of(element).strip()) if declared else 0
        kinds = kinds_of_style(declared, length)
        if _SMALL_CAPS.search(names) and "small_caps" not in kinds:
            kinds.append("small_caps")
        if tag_of(element) in ("sup", "sub"):
            kinds = [kind for kind in kinds if kind not in ("sup", "sub")]
        return kinds

    def _own_mark(self, element: Element, tag: str, before: str) -> InnerMark | None:
        if tag == "a":
            return self._link(element)
        if tag == "sup":
            return self._raised(element, before)
        if tag in _BY_TAG:
            return InnerMark(_BY_TAG[tag])
        if tag == "u":
            return InnerMark("insert") if _is_revised(element) else None
        if tag == "abbr" and (element.get("title") or "").strip():
            return InnerMark("abbreviation", " ".join(str(element.get("title")).split()))
        return None

    def _link(self, link: Element) -> InnerMark | None:
        address = self._resolve(link.get("href") or "")
        text = text_of(link)
        if _PERMALINK.fullmatch(text) or _PERMALINK_HINT.search(link.get("class") or ""):
            is_sign = _PERMALINK.fullmatch(text) and text.strip()
            return InnerMark("link", is_left_out=True) if is_sign else None
        if not address or len(address) > LONGEST_ADDRESS:
            return None
        target = self._referred(address, link)
        if target is not None:
            return InnerMark("reference_mark", target, is_whole=True)
        return InnerMark("link", address)

    def _referred(self, address: str, link: Element) -> str | None:
        """What a link means that is a reference mark: a label, or "#name" of a note."""
        if not address.startswith("#"):
            return None
        if address[1:] in self.notes.labels:
            return self.notes.labels[address[1:]]
        said = roles_of(link) & {"doc-noteref", "noteref", "doc-biblioref", "biblioref"}
        if said or (address[1:] in self.notes.notes and is_mark_like(link)):
            return address
        return None

    def _raised(self, element: Element, before: str) -> InnerMark | None:
        text = text_of(element)
        links = [e for e in element.iter() if tag_of(e) == "a" and e.get("href")]
        if links:
            between = text
            for link in links:
                between = between.replace(text_of(link), "", 1)
            targets = [self._referred(self._resolve(e.get("href") or ""), e) for e in links]
            found = [target for target in targets if target is not None]
            if len(found) < len(links) or not _BETWEEN_MARKS.fullmatch(between):
                return None if found else InnerMark("sup")
            if len(found) == 1:
                return InnerMark("reference_mark", found[0], is_whole=True)
            if any(target.startswith("#") for target in found):
                return None
            labels = labels_in(text.strip(" []()"), self._known) or list(dict.fromkeys(found))
            return InnerMark("reference_mark", " ".join(labels), is_whole=True)
        labels = labels_in(text.strip(" []()"), self._known) if _RAISED.fullmatch(text) else []
        counts = _OPERATOR.match(element.tail or "")
        if (
            labels
            and not counts
            and _BEFORE_RAISED.search(before)
            and not _UNIT_BEFORE.search(before)
        ):
            return InnerMark("reference_mark", " ".join(labels), is_whole=True)
        return InnerMark("sup")


def _is_revised(underlined: Element) -> bool:
    """Whether what is underlined has been put in: something is struck in the same block."""
    for ancestor in underlined.iterancestors():
        if tag_of(ancestor) in BLOCKS:
            return any(tag_of(e) in ("s", "del", "strike") for e in ancestor.iter())
    return False
