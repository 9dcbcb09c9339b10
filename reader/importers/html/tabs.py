"""What shows a panel of a page when it is pressed: tabs and buttons, and the panels they name."""

from __future__ import annotations

from collections.abc import Iterator

from reader.importers.common.elements import Element, roles_of, tag_of

_NO_PANEL_TOGGLES = frozenset("dropdown modal offcanvas popover tooltip".split())


def controlled_by(element: Element) -> Iterator[str]:
    """The names of what an element would show when it is pressed."""
    get = element.get
    toggle = toggle_of(element)
    if toggle in _NO_PANEL_TOGGLES or get("aria-haspopup") not in (None, "false"):
        return
    yield from (get("aria-controls") or "").split()
    for key in ("data-target", "data-bs-target"):
        yield (get(key) or "").strip().removeprefix("#")
    address = get("href") or ""
    if address.startswith("#") and (toggle or get("aria-expanded") or get("role") == "tab"):
        yield address[1:]


def pair_tabs(root: Element, controlled: dict[str, Element]) -> None:
    """Join tabs that name no panel with the panels after them, the first with the first."""
    for tabs in [e for e in root.iter() if e.get("role") == "tablist"]:
        handles = [e for e in tabs.iter() if e.get("role") == "tab"]
        parent = tabs.getparent()
        if parent is None or any(True for h in handles for name in controlled_by(h) if name):
            continue
        panels = [
            e
            for e in parent.iterdescendants()
            if tag_of(e) and "tabpanel" in roles_of(e) and tabs not in e.iterancestors()
        ]
        if len(panels) != len(handles):
            continue
        for number, (handle, panel) in enumerate(zip(handles, panels, strict=True)):
            if not panel.get("id"):
                panel.set("id", f"offprint-panel-{len(controlled)}-{number}")
            controlled.setdefault(str(panel.get("id")), handle)


def toggle_of(element: Element) -> str:
    """What kind of thing Bootstrap's scripts would show; "" where none is named."""
    return (element.get("data-toggle") or element.get("data-bs-toggle") or "").lower()
