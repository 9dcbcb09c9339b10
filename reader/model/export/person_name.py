"""Names of authors, taken apart for citations."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PARTICLES = frozenset(
    "van von vom zu zum zur de der den dem des del della di da dal do dos du la le las los ter ten "
    "te op het al el bin ibn ben af av".split()
)
_SUFFIX = re.compile(r",?\s+(Jr|Sr|II|III|IV)\.?$", re.I)
_DEGREE = re.compile(
    r",\s*(?:M\.?D|Ph\.?D|M\.?Sc|B\.?Sc|M\.?P\.?H|D\.?O|R\.?N|MBBS|FRCP|Pharm\.?D|DPhil|M\.?A)\b\.?",
    re.I,
)
_CORPORATE = re.compile(
    r"\b(organi[sz]ations?|group|committee|collaborat\w*|society|network|institut\w*|team|college|"
    r"consortium|association|agency|ministry|department|investigators|academy|cent(?:er|re)s?|"
    r"council|federation|foundation|universit\w*|hospital|service|board|office|commission|panel|"
    r"gesellschaft|soci[eé]t\w*|sociedad\w*|asociaci[oó]n|associa[cç][aã]o|verband|verein\w*|"
    r"minist[eè]r\w*|of|for|für|pour|para|"
    r"taskforce|task force|trialists|authors|administration|programme|program|press|news)\b",
    re.I,
)
_INITIALS = re.compile(r"[A-Z]{1,3}(?:-[A-Z])?")


@dataclass(frozen=True, slots=True)
class Name:
    """A person by family and given names, or a corporate author, whose `given` is ""."""

    family: str
    given: str = ""
    suffix: str = ""

    def initials(self, after: str = "", between: str = "") -> str:
        """The first letters of the given names, each followed by `after`: "AB", "A. B."."""
        found = []
        for part in self.given.replace(".", " ").split():
            if _INITIALS.fullmatch(part) and len(part) > 1:
                found += [letter + after for letter in part if letter.isalpha()]
            else:
                twins = [half[0] for half in part.split("-") if half]
                joint = f"{after}-" if after else ""
                found.append(joint.join(letter.upper() for letter in twins) + after)
        return between.join(found)


def name_of(author: str) -> Name:
    """An author as a document names them: "Ada B. Brown", "Brown, Ada B.", "Brown AB"."""
    said = _DEGREE.sub("", " ".join(author.split())).strip(" ,;")
    if _CORPORATE.search(said) or said.casefold().startswith("the ") or " " not in said:
        return Name(said)
    suffix = ""
    if found := _SUFFIX.search(said):
        suffix, said = found[1], said[: found.start()]
    family, comma, given = said.partition(",")
    if comma and given.strip():
        return Name(family.strip(), given.strip(), suffix)
    parts = said.replace(",", "").split()
    if len(parts) > 1 and _INITIALS.fullmatch(parts[-1]) and not _INITIALS.fullmatch(parts[0]):
        return Name(" ".join(parts[:-1]), parts[-1], suffix)
    first = len(parts) - 1
    while first > 1 and parts[first - 1].casefold() in _PARTICLES:
        first -= 1
    if first == 1 and len(parts) > 1 and parts[0] in _PARTICLES:
        # No given name is written small.
        first = 0
    return Name(" ".join(parts[first:]), " ".join(parts[:first]), suffix)
