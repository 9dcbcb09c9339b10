"""What stands round an article: menus, banners, share lines, comments, related links."""

from __future__ import annotations

import re

from reader.importers.html_tree import HEADINGS, Element, roles_of, tag_of, text_of

_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_MODIFIERS = frozenset("has with no not without is show hide hides js".split())
_FURNITURE = frozenset(
    (
        "ad ads adbox adslot adunit advert advertisement advertising adverts adsense banner "
        "banners breadcrumb breadcrumbs combx comment commentlist comments commenting "
        "community consent cookie cookies copyright disqus dropdown extra extras feedback "
        "flyout follow footer gdpr "
        "header hotlinks interstitial legends login masthead menu menus modal morelike nav navbar "
        "navbox navigation newsletter newsletters noprint onetrust outbrain overlay pager "
        "pagination paywall popup popular preroll printfooter promo promos promoted "
        "promotion rating ratings recirc recirculation recommend recommendation "
        "recommendations recommended related "
        "relatedposts remark replies reply respond rss search share sharebar sharedaddy sharing "
        "shoutbox sidebar signin signup skip skyscraper social socials sponsor sponsored sponsors "
        "subnav subscribe subscription supplemental survey taboola tagcloud taglist tags tocnav "
        "toolbar toolbox tooltip trending upsell voting widget widgets addthis addtoany "
        "editsection toolbars sharetools shares optanon newsletterform sitenotice jumplinks "
        "relatedlinks readmore moreon"
    ).split()
)
_CONTENT = frozenset(
    (
        "article articles body column content contents main mathjax entry hentry page post story "
        "text prose wysiwyg richtext jax katex"
    ).split()
)
_NEUTRAL = frozenset(
    (
        "area block box col container group holder inner item items left list module outer panel "
        "right row section top bottom unit view wrap wrapper element component desktop mobile"
    ).split()
)
_GOOD = re.compile(
    r"article|body|content|entry|hentry|h-entry|main|page|post|text|blog|story|prose", re.I
)
_BAD = re.compile(
    r"-ad-|hidden|(^|\s)hid(\s|$)|banner|combx|comment|com-|contact|footer|gdpr|masthead|media"
    r"|meta|"
    r"outbrain|promo|related|scroll|share|shoutbox|sidebar|skyscraper|sponsor|shopping|tags|widget|"
    r"newsletter|cookie|subscri|social",
    re.I,
)
_ROLES = frozenset(
    (
        "navigation banner complementary contentinfo search menu menubar dialog alertdialog alert "
        "toolbar tooltip status"
    ).split()
)
_TAGS = frozenset("nav aside footer menu search".split())
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
    r"|previous (article|post|page)|image (source|credit|copyright)|getty images",
    re.IGNORECASE,
)


def names_furniture(element: Element) -> bool:
    """Whether class or id say that the element is none of the article."""
    tokens = _TOKEN.findall(element.get("class") or "")
    name = element.get("id") or ""
    if name and not _is_slug(name, element):
        tokens += _TOKEN.findall(name)
    kinds = [_kind_of(token) for token in tokens]
    return "furniture" in kinds and "content" not in kinds


def _is_slug(name: str, element: Element) -> bool:
    """Whether an id is only made from a heading ("search-strategy"), and says nothing more."""
    heading = next((e for e in element.iter() if tag_of(e) in HEADINGS), None)
    if heading is None:
        return False
    words = set(re.findall(r"\w+", text_of(heading).casefold()))
    return bool(words) and words.issuperset(re.findall(r"[^\W\d_]+", name.casefold()))


def _kind_of(token: str) -> str:
    """What one name says: "furniture", "content" or ""; the last word of a name counts most."""
    parts = [part.lower() for part in _PART.findall(token)]
    if not parts or parts[0] in _MODIFIERS:
        return ""
    while len(parts) > 1 and parts[-1] in _NEUTRAL:
        parts.pop()
    if parts[-1] in _FURNITURE:
        return "furniture"
    if parts[-1] in _CONTENT:
        return "" if _FURNITURE.intersection(parts) else "content"
    return (
        "furniture" if _FURNITURE.intersection(parts) and not _CONTENT.intersection(parts) else ""
    )


def name_weight(element: Element) -> int:
    """25 for each of class and id that sounds like an article, −25 for each that does not."""
    weight = 0
    for name in (element.get("class"), element.get("id")):
        if name:
            weight += 25 * bool(_GOOD.search(name)) - 25 * bool(_BAD.search(name))
    return weight


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
    said = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    return name in ("nav", "menu", "search") or not _KEPT_ASIDE.search(said)


def is_furniture_line(text: str) -> bool:
    """Whether a short line is one that pages print on every article."""
    bare = " ".join(text.split()).strip(" :|·•-–»>")
    return len(bare) <= 120 and _SHORT_LINES.fullmatch(bare) is not None
