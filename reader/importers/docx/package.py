"""A Word file as a package: its parts, what relates them, and their XML in one dialect.

Source: ECMA-376, part 2 (packages), part 3 (alternate content), part 4 (the transitional names).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from reader.importers.common.archive import Archive
from reader.importers.common.elements import Element
from reader.importers.common.xml import parse_xml
from reader.problem import Problem

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/", b"wordprocessingml/2006/"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"drawingml/2006/"),
)
_HOME = b"http://schemas.openxmlformats.org/"
_SHOWN_PARTS = ("t", "blip", "chart", "relIds", "txbxContent", "txbx", "oMath", "imagedata", "wsp")
_UNSAID = "http://schemas.openxmlformats.org/"
_UNDERSTOOD = re.compile(
    r"http://schemas\.(openxmlformats\.org|microsoft\.com/office)/"
    r"(?!mac/)(?!word/\d+/wordprocessingInk|drawing/2010/slicer)|urn:schemas-microsoft-com:"
)
_WORD_TYPES = re.compile(r"wordprocessingml|ms-word")


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a relation leads: a part of the package, or an address outside of it."""

    kind: str
    target: str
    is_external: bool


class Package:
    """The parts of a Word file by what they are for.

    Raises:
        Problem: when no part of it is a Word document.
    """

    def __init__(self, archive: Archive, name: str) -> None:
        self.archive = archive
        self.name = name
        self._relations: dict[str, dict[str, Relation]] = {}
        self.main = self._main()

    def root(self, part: str) -> Element:
        """The XML of a part, in the transitional names and with one branch of each alternative.

        Raises:
            Problem: when it is missing or damaged.
        """
        content = self.archive.read(part)
        if b"purl.oclc.org" in content:
            for strict, ours in _STRICT:
                content = content.replace(strict, _HOME + ours)
        root = parse_xml(content, self.name)
        _choose(root)
        _end_fields(root)
        return root

    def related(self, kind: str, part: str = "") -> list[str]:
        """The parts of a kind that belong to `part`, the document by default.

        Where a file names none, one of the usual name counts.
        """
        found = [
            relation.target
            for relation in self.relations(part or self.main).values()
            if relation.kind == kind and not relation.is_external
        ]
        usual = join(dirname(self.main), f"{kind}.xml")
        found = found or ([usual] if not part else [])
        return [name for name in found if name in self.archive]

    def relations(self, part: str) -> dict[str, Relation]:
        """The relations of a part by their ids; {} when what names them is damaged."""
        if part not in self._relations:
            self._relations[part] = self._read_relations(part)
        return self._relations[part]

    def _read_relations(self, part: str) -> dict[str, Relation]:
        folder, _, base = part.rpartition("/")
        name = join(folder, "_rels", f"{base}.rels")
        if name not in self.archive:
            return {}
        try:
            root = parse_xml(self.archive.read(name), self.name)
        except Problem:
            return {}
        found = {}
        for element in root:
            target = element.get("Target", "").strip()
            external = element.get("TargetMode", "") == "External"
            if not external:
                inside = unquote(target.partition("#")[0]).replace("\\", "/")
                target = normpath(inside.lstrip("/") if inside[:1] == "/" else join(folder, inside))
            kind = element.get("Type", "").rpartition("/")[2]
            found[element.get("Id", "")] = Relation(kind, target, external)
        return found

    def _main(self) -> str:
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.target in self.archive:
                if relation.target.startswith(("xl/", "ppt/", "visio/")):
                    raise Problem(f"“{self.name}” is no Word document.")
                return relation.target
        usual = "word/document.xml"
        named = [name for name in self.archive.names if name.endswith("/document.xml")]
        if usual in self.archive or named:
            return usual if usual in self.archive else named[0]
        raise Problem(
            f"“{self.name}” is no Word document, but a compressed file of another kind. Give it "
            "the ending .zip, and open that."
        )


def _choose(root: Element) -> None:
    """Put one branch of each alternative in its place: what we can show, else the last."""
    for alternative in list(root.iter(f"{_MC}AlternateContent")):
        parent = alternative.getparent()
        branches = [e for e in alternative if e.tag in (f"{_MC}Choice", f"{_MC}Fallback")]
        if parent is None:
            continue
        place = parent.index(alternative)
        for child in reversed(list(_branch(branches)) if branches else []):
            parent.insert(place, child)
        parent.remove(alternative)


def _end_fields(root: Element) -> None:
    """Take out where fields begin that never end: else all that follows would be their code."""
    begun: list[tuple[Element, bool]] = []
    for sign in root.iter(f"{W}fldChar"):
        kind = value(sign, "fldCharType")
        if kind == "begin":
            begun.append((sign, False))
        elif begun and kind == "separate":
            begun[-1] = begun[-1][0], True
        elif begun and kind == "end":
            begun.pop()
    for sign, has_result in begun:
        parent = sign.getparent()
        if parent is not None and not has_result:
            parent.remove(sign)


def _is_understood(branch: Element) -> bool:
    """Whether what stands in a branch is in names that we read; a fallback always is."""
    if branch.tag == f"{_MC}Fallback":
        return True
    # Files that have been cut and joined use the usual prefixes without saying what they stand for.
    names = [branch.nsmap.get(name, _UNSAID) for name in branch.get("Requires", "").split()]
    return all(_UNDERSTOOD.match(name) for name in names)


def _branch(branches: list[Element]) -> Element:
    branches = [one for one in branches if _is_understood(one)] or branches
    for branch in branches:
        names = {e.tag.rpartition("}")[2] for e in branch.iter() if isinstance(e.tag, str)}
        if names.intersection(_SHOWN_PARTS):
            return branch
    return branches[0]


def value(element: Element | None, name: str = "val", default: str = "") -> str:
    """An attribute of Word's own; `default` when it or the element is missing."""
    return default if element is None else element.get(W + name, default)


def is_on(element: Element | None) -> bool:
    """Whether a property that is on or off is on; one that is named without a value is."""
    return element is not None and value(element, "val", "1") not in ("0", "false", "off", "none")


def number_of(untrusted: str, default: int = 0) -> int:
    """A whole number of a file; `default` for what is none, or beyond all reason."""
    digits = untrusted.strip()
    return int(digits) if re.fullmatch(r"-?[0-9]{1,9}", digits) else default
