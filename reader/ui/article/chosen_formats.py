"""The formats of the page as this user has chosen them."""

from __future__ import annotations

from reader.session.session import Session
from reader.settings import DARKEN_FIGURES, PAGE_TURNING, ZOOM
from reader.ui.typeset.formats import Formats
from reader.ui.typeset.reading_style import STYLE_SETTINGS, chosen_style
from reader.ui.widgets.theme import Theme

ZOOMS = (0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.0, 2.4, 2.8)
FORMAT_SETTINGS = (ZOOM, DARKEN_FIGURES, PAGE_TURNING, *STYLE_SETTINGS)


def figure_paper(session: Session, theme: Theme) -> str:
    """The dark paper that this user wants figures on; "" when they stay as they are drawn."""
    return theme.paper if theme.dark and session.settings.get(DARKEN_FIGURES) else ""


def chosen_formats(session: Session, theme: Theme, room_px: int) -> Formats:
    """The formats of a page with so much room."""
    zoom, style = float(session.settings.get(ZOOM)), chosen_style(session.settings)
    return Formats(theme, zoom, style, room_px, figure_paper(session, theme))


def zoom_after(zoom: float, steps: int) -> float:
    """The zoom so many steps from another; 0 steps lead to the text's own size."""
    nearest = min(range(len(ZOOMS)), key=lambda i: abs(ZOOMS[i] - zoom))
    return ZOOMS[max(0, min(len(ZOOMS) - 1, nearest + steps))] if steps else 1.0
