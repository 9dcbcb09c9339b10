"""What only an article holds: headings with text under them, tables of data, prose."""

from __future__ import annotations

import re

from reader.importers.common.elements import (
    BLOCKS,
    CONTROLS,
    HEADINGS,
    UNREAD,
    Element,
    is_hidden,
    tag_of,
    text_of,
)
from reader.importers.html.boilerplate import is_furniture_line
from reader.importers.html.tables import is_data

_SENTENCE = re.compile(r"[^\W\d_][^.!?]{20,}[.!?][\"”’)\]]*(?=\s|$)")
TELLING = re.compile(
    r"cookies|copyright|©|rights reserved|\bsubscri(be|ption)|\bsign[ -]?up\b|\blog[ -]?in\b"
    r"|\bsign[ -]?in\b(?=( to| or| with)\b|\W*$)|newsletter|\badvert(s|is\w*)?\b"
    r"|\bsponsored\b|follow us|share this|\bcomments\b|\breply\b|read more|more from"
    r"|related (articles?|content|links|pages|posts|stories|topics)"
    r"|\brecommended( (for you|articles?|content|links|posts|products|stories|videos)\b|\W*$)"
    r"|\btrending\b|filed under|posted (in|by|on)|\btags?:|click here|\bdownload (the|our)\b"
    r"|\bprivacy( (notice|policy|settings|statement)\b|\W*$)"
    r"|\bterms (and cond|of (sale|service|use))|your e-?mail"
    r"|e-?mail address|java ?script|your browser|\bdonate( now| today| to us|\W*$)"
    r"|support us\b|share your (thoughts|feedback|story)|free trial|contact sales"
    r"|become a member|about the authors?"
    r"|last (updated|modified)",
    re.IGNORECASE,
)
"""Words that furniture uses; of a pair such as "recommended", only where medicine would not."""
_DOSE = re.compile(
    r"\d\s*([mµμnk]?g|[mµμ]?mol|m?l|m[lL]|mm\s?Hg|kPa|[mM]Eq|I?U|units?|mcg|tablets?|°\s?C|bpm|mV)"
    r"(/\w+)*(?!\w)"
)
_LEAST = 15
_LEAST_PROSE = 200
_PICTURES = ("img", "picture", "svg", "table")
_MOST_LINKED = 4
_LONGEST_INVITATION = 250


def holds_section(element: Element, strictly: bool = False) -> bool:
    """Whether a heading with text under it is in the element; links alone are no text.

    `strictly`, the heading is no link, and under it is prose of two sentences or more that is no
    teaser, no advert and no invitation: it may be missed.
    """
    under: list[str] | None = None
    linked: list[str] = []
    for one, text, is_link in _texts(element):
        if tag_of(one) in HEADINGS:
            if under is not None and _is_text("".join(under), " ".join(linked), strictly):
                return True
            heading = text_of(one).strip()
            is_teaser = strictly and any(
                tag_of(e) == "a" for e in (*one.iter(), *one.iterancestors())
            )
            under = [] if heading and not is_teaser and not is_furniture_line(heading) else None
            linked = []
        elif under is not None:
            (linked if is_link else under).append(text)
    return under is not None and _is_text("".join(under), " ".join(linked), strictly)


def holds_dose(text: str) -> bool:
    """Whether a number with its unit is in the text; "50 % off" and "3 hours ago" are none."""
    return _DOSE.search(text) is not None


def titles_what_follows(element: Element) -> bool:
    """Whether an element ends with a heading, and what comes next is more than links."""
    ends_with_heading = False
    for one, text, _ in _texts(element):
        if tag_of(one) in HEADINGS:
            heading = text_of(one).strip()
            ends_with_heading = bool(heading) and not is_furniture_line(heading)
        elif text.strip():
            ends_with_heading = False
    after = element.getnext()
    while after is not None and not tag_of(after):
        after = after.getnext()
    if not ends_with_heading or after is None or tag_of(after) in ("nav", "footer"):
        return False
    words = len(text_of(after).strip())
    linked = sum(len(text_of(a).strip()) for a in after.iter("a", "{*}a"))
    return words > 2 * linked


def titles_a_picture(element: Element) -> bool:
    """Whether a heading and, under it, a picture or a table are in the element, none a link."""
    titled = False
    stack = [element]
    while stack:
        one = stack.pop()
        name = tag_of(one)
        if not name or name == "a" or name in CONTROLS or is_hidden(one):
            continue
        if name in HEADINGS:
            heading = text_of(one).strip()
            is_link = next(one.iter("a", "{*}a"), None) is not None
            titled = bool(heading) and not is_link and not is_furniture_line(heading)
        elif titled and name in _PICTURES:
            return True
        stack.extend(reversed(one))
    return False


def _is_text(text: str, untidy_links: str, strictly: bool) -> bool:
    bare, links = " ".join(text.split()), " ".join(untidy_links.split())
    if not strictly:
        # "Subscribe to our newsletter: Sign up" has a heading over it, and is an invitation.
        invites = links and len(bare) <= _LONGEST_INVITATION and TELLING.search(f"{bare} {links}")
        return len(bare) >= _LEAST and not is_furniture_line(bare) and not invites
    return (
        len(bare) >= _LEAST_PROSE
        and len(links) * _MOST_LINKED < len(bare)
        and len(_SENTENCE.findall(bare)) >= 2
        and not TELLING.search(bare)
    )


def _texts(element: Element) -> list[tuple[Element, str, bool]]:
    """Headings and the visible texts between them, on no control, and whether each is a link."""
    found: list[tuple[Element, str, bool]] = []
    stack: list[tuple[Element, bool, bool]] = [(element, False, False)]
    while stack:
        one, is_tail, is_link = stack.pop()
        name = tag_of(one)
        if is_tail:
            if name in BLOCKS:
                found.append((element, " ", is_link))
            found.append((element, one.tail or "", is_link))
            continue
        if one is not element:
            stack.append((one, True, is_link))
        if not name or name in UNREAD or name in CONTROLS or is_hidden(one):
            continue
        if name in HEADINGS:
            found.append((one, "", is_link))
            continue
        is_link = is_link or (name == "a" and not (one.get("href") or "#").startswith("#"))
        found.append((element, one.text or "", is_link))
        stack.extend((child, False, is_link) for child in reversed(one))
    return found


def holds_data(element: Element) -> bool:
    """Whether the element is or holds a table of data that is not made of links."""
    return any(
        not is_hidden(e) and is_data(e) and not _is_linked(e)
        for e in element.iter("table", "{*}table")
    )


def _is_linked(table: Element) -> bool:
    """Whether a table leads elsewhere: more of its cells are links and “Next” than are words."""
    told = leading = numbers = 0
    for cell in table.iter("td", "th", "{*}td", "{*}th"):
        text = text_of(cell).strip()
        if not text:
            continue
        linked = sum(len(text_of(a).strip()) for a in cell.iter("a", "{*}a"))
        if 2 * linked >= len(text) or is_furniture_line(text):
            leading += 1
        else:
            told += 1
            numbers += any(map(str.isdigit, text))
    return told <= 1 or (leading >= told and leading > 1 and not numbers)
