"""Colours, type and icons; one Theme for each way the window can look."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from reader.model.annotation import COLOURS, Colour
from reader.paths import resources

SERIF = "Offprint Serif"
SANS = "Offprint Sans"
FONT_FILES_AT_START = 6
FONT_PX = 13  # of the controls, at their own size
_FONT_SIZE = re.compile(r"font-size: (\d+)px")


@dataclass(frozen=True, slots=True)
class Theme:
    """One look: every colour as "#RRGGBB".

    `paper` is behind text, `chrome` behind controls, `raised` behind cards and fields; `ink` to
    `ink3` are text from loud to quiet. `line` divides, `edge` bounds what can be pressed or written
    in. `fills` and `edges` belong to the five highlight colours. `text_scale` is how much larger
    than usual the text of the window is, without that of the page.
    """

    name: str
    dark: bool
    paper: str
    chrome: str
    raised: str
    pressed: str
    ink: str
    ink2: str
    ink3: str
    accent: str
    accent_soft: str
    line: str
    edge: str
    selection: str
    hit: str
    hit_edge: str
    current: str
    current_edge: str
    fills: dict[Colour, str]
    edges: dict[Colour, str]
    text_scale: float = 1.0

    def px(self, size_px: float) -> float:
        """A size of the window's text, as large as the user wants it."""
        return size_px if self.text_scale == 1 else round(size_px * self.text_scale)

    def room(self, size_px: int) -> int:
        """A size of what stands beside text, which grows half as much."""
        return round(size_px * (1 + self.text_scale) / 2)

    def sans(self, size_px: float, weight: int = 400) -> QFont:
        """The font of the controls, as large as the user wants it."""
        return sans(self.px(size_px), weight)


def _five(*values: str) -> dict[Colour, str]:
    return dict(zip(COLOURS, values, strict=True))


# Edges stand out from paper and controls by 3 to 1. Blue and violet differ in lightness too, for
# eyes that see no red in violet.
_EDGES = _five("#8C6500", "#3F8237", "#2B7BC8", "#C23E74", "#5A35A6")
_LIGHT_FILLS = _five("#FFE48A", "#C3EAB8", "#BDE0FD", "#FBCBDB", "#CFB9F6")

LIGHT = Theme(
    name="light",
    dark=False,
    paper="#FFFEFC",
    chrome="#F5F4F1",
    raised="#FFFFFF",
    pressed="#EDEBE7",
    ink="#1E2227",
    ink2="#5A616B",
    ink3="#60686F",
    accent="#0B6675",
    accent_soft="#DCEDEF",
    line="#E3E0DA",
    edge="#80848A",
    selection="#B9D9DE",
    hit="#FFD39A",
    hit_edge="#C26A00",
    current="#FF9B2E",
    current_edge="#8A4B00",
    fills=_LIGHT_FILLS,
    edges=_EDGES,
)
SEPIA = Theme(
    name="sepia",
    dark=False,
    paper="#F8F1E3",
    chrome="#EFE6D4",
    raised="#FBF6EA",
    pressed="#E4D9C2",
    ink="#3A2E22",
    ink2="#6B5B47",
    ink3="#6C5C46",
    accent="#8A4A1B",
    accent_soft="#EBD9C0",
    line="#DDD0B8",
    edge="#85745B",
    selection="#DCC8A4",
    hit="#FFD39A",
    hit_edge="#B85F00",
    current="#FF9B2E",
    current_edge="#8A4B00",
    fills=_LIGHT_FILLS,
    edges=_EDGES,
)
DARK = Theme(
    name="dark",
    dark=True,
    paper="#1A1C1F",
    chrome="#131517",
    raised="#1D2023",
    pressed="#212428",
    ink="#D8D5CE",
    ink2="#A0A6AE",
    ink3="#959CA5",
    accent="#63C5D3",
    accent_soft="#17363B",
    line="#2A2D32",
    edge="#6F767F",
    selection="#2F5560",
    hit="#6A4312",
    hit_edge="#B3701E",
    current="#8A4B00",
    current_edge="#FFC27A",
    fills=_five("#574712", "#25482B", "#174A6E", "#5B2A3E", "#3B2463"),
    edges=_five("#E3B730", "#62B558", "#7CBBF5", "#E8729C", "#9A78EE"),
)
THEMES = {theme.name: theme for theme in (LIGHT, SEPIA, DARK)}


def load_fonts() -> None:
    """Makes the bundled fonts known to Qt; the first six are all that a first paint needs."""
    for path in sorted((resources() / "fonts").glob("*.[ot]tf")):
        QFontDatabase.addApplicationFont(str(path))


def sans(size_px: float, weight: int = 400) -> QFont:
    """The font of the controls."""
    return _font(SANS, size_px, weight)


def serif(size_px: float, weight: int = 400, italic: bool = False) -> QFont:
    """The font of the text."""
    font = _font(SERIF, size_px, weight)
    font.setItalic(italic)
    return font


def _font(family: str, size_px: float, weight: int) -> QFont:
    font = QFont(family)
    font.setPixelSize(max(1, round(size_px)))
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size_px: int, ratio: float = 1.0) -> QPixmap:
    """An icon of resources/icons in one colour, `size_px` wide in device-independent pixels."""
    svg = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", colour).encode()))
    picture = QPixmap(round(size_px * ratio), round(size_px * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, size_px, size_px))
    painter.end()
    return picture


def icon(name: str, colour: str, size_px: int = 20) -> QIcon:
    """An icon for menus and buttons that draw their own."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, colour, size_px, ratio))
    return made


def palette(theme: Theme) -> QPalette:
    """The Qt palette of a theme, for what no style sheet reaches."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, theme.chrome),
        (role.WindowText, theme.ink),
        (role.Base, theme.paper),
        (role.AlternateBase, theme.chrome),
        (role.Text, theme.ink),
        (role.Button, theme.chrome),
        (role.ButtonText, theme.ink),
        (role.ToolTipBase, theme.raised),
        (role.ToolTipText, theme.ink),
        (role.PlaceholderText, theme.ink3),
        (role.Highlight, theme.selection),
        (role.HighlightedText, theme.ink),
        (role.Link, theme.accent),
        (role.Accent, theme.accent),
        (role.Mid, theme.line),
        (role.Dark, theme.line),
        (role.Light, theme.raised),
    ):
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.ink3))
    return made


def chosen_row(theme: Theme, view: str) -> str:
    """The style sheet of a view's chosen rows: a ground, and an edge that is seen beside it."""
    return (
        f"{view}::item:selected {{ background: {theme.accent_soft}; color: {theme.ink}; }}"
        f"{view}::item:selected:first, {view}::item:selected:only-one"
        f" {{ border-left: 3px solid {theme.accent}; }}"
    )


def style_sheet(theme: Theme) -> str:
    """The Qt style sheet of a theme, for the whole application."""
    template = (resources() / "themes" / "offprint.qss").read_text(encoding="utf-8")
    for key in Theme.__slots__:
        value = getattr(theme, key)
        if isinstance(value, str):
            template = template.replace(f"@{key};", f"{value};").replace(f"@{key} ", f"{value} ")
    # Qt draws the pictures that a style sheet names as they are: there is one for dark grounds.
    template = _FONT_SIZE.sub(lambda found: f"font-size: {theme.px(int(found[1]))}px", template)
    # A radius above half of a box would make it square: what is ticked is as large as what is not.
    box, ring = round(theme.px(14)), round(theme.px(5))
    signs = {"@tick": box, "@radius": box // 2 + 1, "@ring": ring, "@dot": box + 2 - 2 * ring}
    for name, size_px in (*signs.items(), ("@arrow_room", round(theme.px(22)))):
        template = template.replace(name, f"{size_px}px")
    template = template.replace("@ground", "dark" if theme.dark else "light")
    return template.replace("@pictures", str(resources() / "themes").replace("\\", "/"))
