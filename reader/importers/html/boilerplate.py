"""What stands round an article: menus, banners, share lines, comments, related links."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from reader.importers.common.elements import HEADINGS, Element, roles_of, tag_of, text_of

Kind = Literal["advert", "comment", "banner", "menu"]
_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_MODIFIERS = frozenset("has with no not without is show hide hides js".split())
_ADVERTS = (
    "ad ads adbox adslot adunit advert advertisement advertising adverts adsense hotlinks "
    "interstitial outbrain paywall preroll promo promos promoted promotion recirc recirculation "
    "skyscraper sponsor sponsored sponsors taboola upsell"
)
_COMMENTS = (
    "combx comment commentlist comments commenting disqus remark replies reply respond shoutbox"
)
_BANNERS = (
    "banner banners bio consent cookie cookies copyright feedback footer gdpr header login "
    "masthead newsletter "
    "newsletters newsletterform onetrust optanon overlay popup printfooter signin "
    "signup sitenotice subscribe subscription survey"
)
_MENUS = (
    "addthis addtoany breadcrumb breadcrumbs community dropdown editsection extra extras flyout "
    "follow jumplinks legends menu menus modal morelike moreon nav navbar navbox navigation "
    "noprint pager pagination popular rating ratings readmore recommend recommendation "
    "recommendations recommended related relatedlinks relatedposts rss search share sharebar "
    "sharedaddy sharetools shares sharing sidebar skip social socials subnav supplemental tagcloud "
    "taglist tags tocnav toolbar toolbars toolbox tooltip trending voting widget widgets"
)
_FURNITURE: dict[str, Kind] = {
    **dict.fromkeys(_ADVERTS.split(), "advert"),
    **dict.fromkeys(_COMMENTS.split(), "comment"),
    **dict.fromkeys(_BANNERS.split(), "banner"),
    **dict.fromkeys(_MENUS.split(), "menu"),
}
_CONTENT = frozenset(
    (
        "abstract article articles body boxed caution column content contents danger entry "
        "footnote footnotes hentry important jax katex main mathjax note notes page post prose "
        "recommendation reference references richtext section story summary text tip warning "
        "warnings wysiwyg"
    ).split()
)
_NEUTRAL = frozenset(
    (
        "area block box col container group holder inner item items left list module outer panel "
        "right row section top bottom unit view wrap wrapper element component desktop mobile"
    ).split()
)
_GOOD = frozenset(
    (
        "article articlebody articlecontent articletext blog body bodycontent bodytext content "
        "contents entry hentry main maincontent page pagebody pagecontent post postbody "
        "postcontent posts prose story storybody storytext text"
    ).split()
)
_BAD = frozenset(
    (
        "banner combx comment comments contact cookie cookies footer footnote gdpr hid hidden "
        "masthead media meta newsletter outbrain promo promos related scroll share sharing "
        "shopping shoutbox sidebar skyscraper social sponsor sponsored subscribe subscription "
        "tags widget widgets"
    ).split()
)
_ROLES = frozenset(
    (
        "navigation banner complementary contentinfo search menu menubar dialog alertdialog alert "
        "toolbar tooltip status"
    ).split()
)
_TAGS = frozenset("nav aside footer search".split())
_KEPT_ASIDE = re.compile(
    r"\b(note|foot-?notes?|end-?notes?|callout|admonition|tip|warning|caution|important|info-?box"
    r"|key-?(points?|messages?|facts?|takeaways?)|summary|highlights?|definition|references?"
    r"|bibliography|abstract|box(ed)?(-?text)?)\b"
)
_SHORT_LINES = re.compile(
    r"advertisement|ad|ads|sponsored( content)?|story continues below( advertisement)?"
    r"|(article |story )?continues? (reading )?(below|after).{0,40}|skip (to|past).{0,40}"
    r"|share( this)?( (article|story|post|page|on .{1,20}|via .{1,20}))?|tweet|pin it|print|email"
    r"|e-?mail this|like this|save|copy link|read more|show more|see more|load more|more…|close"
    r"|follow us( on .{0,40})?|sign up.{0,60}|subscribe.{0,60}|log ?in|back to top|top|menu|search"
    r"|loading…?|loading\.{3}|leave a (comment|reply)|no comments( yet)?"
    r"|\d+ (comments?|shares?|likes?)"
    r"|(click|tap) (here )?to (enlarge|expand|view).{0,40}|enlarge( image)?"
    r"|toggle .{1,30}|hide caption"
    r"|(related|recommended)( (articles?|stories|posts|content|topics|reading|links))?:?"
    r"|you (may|might) also like.{0,20}|most (read|popular|viewed)|facebook|twitter|linkedin"
    r"|pinterest|whatsapp|reddit|newsletter|posted in.{0,80}|filed under.{0,80}|tags?:.{0,120}"
    r"|(was this|did you find this).{0,60}\?|next|previous|prev|next (article|post|page)"
    r"|previous (article|post|page)|image (source|credit|copyright)|getty images"
    r"|(please )?(enable|turn on|activate) java ?script.{0,80}"
    r"|.{0,60}\b(requires?|needs?) java ?script.{0,40}|java ?script (is|must be) .{0,80}"
    r"|from wikipedia, the free encyclopedia"
    r"|you (need|have) to enable java ?script.{0,60}",
    re.IGNORECASE,
)


def names_furniture(element: Element) -> bool:
    """Whether class or id say, in whole words, that the element is none of the article."""
    return bool(kinds_of(element))


def kinds_of(element: Element) -> list[Kind]:
    """The kinds of furniture that class and id name; none when they name content as well."""
    found: list[Kind] = []
    for name in _names_of(element):
        kinds, is_content = _kinds_in(name)
        if is_content:
            return []
        found += kinds
    return found


def _names_of(element: Element) -> list[str]:
    name = element.get("id") or ""
    names = [element.get("class") or ""]
    return [n for n in (*names, "" if name and is_slug(name, element) else name) if n]


def is_slug(name: str, element: Element) -> bool:
    """Whether an id is only made from a heading ("search-strategy"), and says nothing more."""
    heading = next((e for e in element.iter() if tag_of(e) in HEADINGS), None)
    if heading is None:
        return False
    words = set(re.findall(r"\w+", text_of(heading).casefold()))
    return bool(words) and words.issuperset(re.findall(r"[^\W\d_]+", name.casefold()))


@lru_cache(maxsize=8192)
def _kinds_in(names: str) -> tuple[tuple[Kind, ...], bool]:
    """What several names say: kinds of furniture, and whether one of them says content."""
    said = [_kind_of(token) for token in _TOKEN.findall(names[:2000])]
    return tuple(kind for kind in said if kind and kind != "content"), "content" in said


def _kind_of(token: str) -> Kind | Literal["content", ""]:
    """What one name says; the last word of a name counts most, parts of words count nothing."""
    parts = [part.lower() for part in _PART.findall(token)]
    if not parts or not _MODIFIERS.isdisjoint(parts):
        return ""
    while len(parts) > 1 and parts[-1] in _NEUTRAL:
        parts.pop()
    if parts[-1] in _FURNITURE:
        return _FURNITURE[parts[-1]]
    kinds = [_FURNITURE[part] for part in parts if part in _FURNITURE]
    if parts[-1] in _CONTENT:
        return "" if kinds else "content"
    return kinds[0] if kinds and _CONTENT.isdisjoint(parts) else ""


def name_weight(element: Element) -> int:
    """25 for each of class and id that sounds like an article, −25 for each that does not."""
    weight = 0
    for key in ("class", "id"):
        name = element.get(key)
        if name:
            weight += _weight_of(name)
    return weight


@lru_cache(maxsize=8192)
def _weight_of(name: str) -> int:
    words = {part.lower() for part in _PART.findall(name[:2000])}
    return 25 * (not _GOOD.isdisjoint(words)) - 25 * (not _BAD.isdisjoint(words))


def is_furniture_by_kind(element: Element) -> bool:
    """Whether tag or role say that the element is none of the article."""
    name = tag_of(element)
    roles = roles_of(element)
    if roles & {"doc-footnote", "doc-endnotes", "doc-bibliography", "footnote", "note", "doc-tip"}:
        return False
    if roles & _ROLES:
        return True
    if name not in _TAGS:
        return False
    around = element.getparent()
    # Who is quoted, and what a figure says under it.
    quoted = ("blockquote", "figure", "figcaption", "td", "th")
    if name in ("footer", "header") and around is not None and tag_of(around) in quoted:
        return False
    said = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    return name in ("nav", "search") or not _KEPT_ASIDE.search(said)


def is_furniture_line(text: str) -> bool:
    """Whether a short line is one that pages print on every article."""
    bare = " ".join(text.split()).strip(" :|·•-–»>")
    return len(bare) <= 120 and _SHORT_LINES.fullmatch(bare) is not None
