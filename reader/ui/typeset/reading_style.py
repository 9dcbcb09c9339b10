"""How this user has text set: typeface, column, spacing, justification."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from PySide6.QtGui import QFont, QFontDatabase

from reader.paths import resources
from reader.session.settings import Settings
from reader.settings import COLUMN_WIDTH, JUSTIFY, LINE_SPACING, TYPEFACE
from reader.ui.widgets.theme import SANS, SERIF, sans, serif

Typeface = Literal["serif", "sans", "dyslexic", "system"]

STYLE_SETTINGS = (TYPEFACE, COLUMN_WIDTH, LINE_SPACING, JUSTIFY)
DYSLEXIC = "Offprint Dyslexic"
# Its letters are wide and tall: so much smaller they take the room of the others.
_DYSLEXIC_SCALE = 0.86

COLUMNS_PX = {"narrow": 470, "normal": 585, "wide": 720}
LEADINGS = {"tight": 1.38, "normal": 1.55, "loose": 1.8}


@dataclass(frozen=True, slots=True)
class ReadingStyle:
    """The user's choice as the typesetter takes it; widths at a zoom of 1, leading in lines."""

    typeface: Typeface = "serif"
    column_px: int = COLUMNS_PX["normal"]
    leading: float = LEADINGS["normal"]
    justified: bool = False

    @property
    def has_small_capitals(self) -> bool:
        """Whether the typeface has small capitals of its own."""
        return self.typeface == "serif"

    def font(self, size_px: float, weight: int = 400, italic: bool = False) -> QFont:
        """The font of running text in this typeface."""
        if self.typeface == "serif":
            return serif(size_px, weight, italic)
        if self.typeface == "dyslexic":
            load_dyslexic()
            size_px *= _DYSLEXIC_SCALE
        font = sans(size_px, weight)
        font.setFamilies(self.families)
        font.setItalic(italic)
        return font

    @property
    def families(self) -> list[str]:
        """The families of the typeface, the ones that stand in for missing signs after it."""
        if self.typeface == "dyslexic":
            return [DYSLEXIC, SANS]
        if self.typeface == "system":
            general = QFontDatabase.SystemFont.GeneralFont
            return [QFontDatabase.systemFont(general).family(), SANS]
        return [SANS if self.typeface == "sans" else SERIF]


def chosen_style(settings: Settings) -> ReadingStyle:
    """The style that a user's settings name."""
    return ReadingStyle(
        cast(Typeface, settings.get(TYPEFACE)),
        COLUMNS_PX[settings.get(COLUMN_WIDTH)],
        LEADINGS[settings.get(LINE_SPACING)],
        settings.get(JUSTIFY),
    )


@lru_cache(maxsize=1)
def load_dyslexic() -> None:
    """Make the typeface for dyslexic readers known to Qt, once, when it is first asked for."""
    for path in sorted((resources() / "fonts" / "dyslexic").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(path))
