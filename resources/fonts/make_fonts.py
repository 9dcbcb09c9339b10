"""Makes our fonts from the published ones: subset, and under family names of our own.

The Open Font License reserves the names Source, Inter and OpenDyslexic for their makers' own
versions, and a font of the same name that a system has installed would win over ours. Run by hand,
when a font is renewed: `python make_fonts.py SOURCE_SERIF_OTF_FOLDER INTER_WEB_FOLDER
OPENDYSLEXIC_WEB_FOLDER`, a "-" for what stays as it is; needs fonttools, brotli.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

# Latin, Greek, Cyrillic; punctuation, super- and subscripts, currency, letterlike, arrows,
# mathematical operators, geometric shapes and ligatures.
RANGES = (
    (0x20, 0x24F),
    (0x2B0, 0x36F),
    (0x370, 0x3FF),
    (0x400, 0x4FF),
    (0x1E00, 0x1EFF),
    (0x2000, 0x214F),
    (0x2150, 0x218F),
    (0x2190, 0x22FF),
    (0x2300, 0x23FF),
    (0x25A0, 0x27BF),
    (0xFB00, 0xFB06),
)
SERIF = {
    "SourceSerif4SmText-Regular.otf": ("serif-400.otf", 400, False),
    "SourceSerif4SmText-It.otf": ("serif-400-italic.otf", 400, True),
    "SourceSerif4SmText-Semibold.otf": ("serif-600.otf", 600, False),
    "SourceSerif4SmText-SemiboldIt.otf": ("serif-600-italic.otf", 600, True),
    "SourceSerif4SmText-Bold.otf": ("serif-700.otf", 700, False),
}
SANS = {
    "Inter-Regular.woff2": ("sans-400.ttf", 400, False),
    "Inter-Medium.woff2": ("sans-500.ttf", 500, False),
    "Inter-SemiBold.woff2": ("sans-600.ttf", 600, False),
    "Inter-Bold.woff2": ("sans-700.ttf", 700, False),
}
# In a folder of its own: it is loaded when somebody chooses it, and not at each start.
DYSLEXIC = {
    "opendyslexic-latin-400-normal.woff2": ("dyslexic/dyslexic-400.otf", 400, False),
    "opendyslexic-latin-400-italic.woff2": ("dyslexic/dyslexic-400-italic.otf", 400, True),
    "opendyslexic-latin-700-normal.woff2": ("dyslexic/dyslexic-700.otf", 700, False),
    "opendyslexic-latin-700-italic.woff2": ("dyslexic/dyslexic-700-italic.otf", 700, True),
}
STYLES = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
# Systems that know four styles a family take these weights into the family itself.
LINKED = (400, 700)


def make(source: Path, target: Path, family: str, weight: int, italic: bool) -> None:
    """Writes one font file."""
    font = TTFont(source, recalcTimestamp=False)
    font.flavor = None
    options = Options()
    options.layout_features = [
        "kern", "mark", "mkmk", "ccmp", "locl", "liga", "smcp", "c2sc", "lnum", "pnum", "tnum",
        "sups", "subs",
    ]  # fmt: skip
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14, 16, 17]
    options.notdef_outline = True
    options.hinting = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[c for first, last in RANGES for c in range(first, last + 1)])
    subsetter.subset(font)
    style = f"{STYLES[weight]} Italic".removeprefix("Regular ") if italic else STYLES[weight]
    linked_style = style if weight in LINKED else "Italic" if italic else "Regular"
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in (0, 5, 13, 14)]
    for name_id, text in (
        (1, family if weight in LINKED else f"{family} {STYLES[weight]}"),
        (2, linked_style),
        (3, f"Offprint;{family};{style}"),
        (4, f"{family} {style}"),
        (6, f"{family}-{style}".replace(" ", "")),
        (16, family),
        (17, style),
    ):
        names.setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    # Bits as the OpenType specification gives them: italic 0, bold 5, regular 6, and the three
    # cleared first; in `head`, bold 0 and italic 1.
    bold = weight == 700
    selection = font["OS/2"].fsSelection & ~0b1100001
    selection |= italic << 0 | bold << 5 | (not italic and not bold) << 6
    font["OS/2"].fsSelection = selection
    font["head"].macStyle = bold << 0 | italic << 1
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [f"{family}-{style}".replace(" ", "")]
        top = cff.topDictIndex[0]
        top.FamilyName, top.FullName, top.Weight = family, f"{family} {style}", STYLES[weight]
    font.save(target)


def main() -> None:
    """Makes all of them beside this script."""
    here = Path(__file__).parent
    made = (
        ("Offprint Serif", SERIF),
        ("Offprint Sans", SANS),
        ("Offprint Dyslexic", DYSLEXIC),
    )
    for given, (family, files) in zip(sys.argv[1:], made, strict=True):
        if given == "-":
            continue
        folder = Path(given)
        for name, (target, weight, italic) in files.items():
            make(folder / name, here / target, family, weight, italic)


if __name__ == "__main__":
    main()
