"""The words of Rich Text Format that begin a group, and its sets of characters."""

from __future__ import annotations

import re
from typing import Literal

from reader.model.left_out import Reason

Ending = Literal["paragraph", "cell", "nested_cell", "row", "nested_row"]

FORBIDDEN = re.compile(r"[\x00-\x08\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no text of a document holds, but for the sign of a line break."""
UNREAD = frozenset(
    (
        "aftncn aftnsep aftnsepc atnauthor atndate atnicn atnid atnparent atnref "
        "atntime atrfend atrfstart background bkmkend blipuid colortbl "
        "colorschememapping datafield datastore docvar factoidname falt filetbl "
        "fontemb ftncn ftnsep ftnsepc g generator "
        "gridtbl hsv keycode latentstyles levelnumbers "
        "leveltext listlevel listname listoverride listoverridetable listpicture "
        "liststylename listtable lsdlockedexcept mmathPr nonesttables nonshppict objalias "
        "objdata objname objsect oldcprops oldpprops oldsprops oldtprops panose pgptbl pn "
        "pnseclvl pntxta pntxtb printim private revtbl rsidtbl rxe shprslt svb tc "
        "template themedata txe userprops wgrffmtfilter windowcaption writereservation "
        "writereservhash xe xmlattrname xmlattrvalue xmlclose xmlname xmlnstbl xmlopen"
    ).split()
)
"""Groups whose text is not the document's."""
# A group that a reader may leave out if it does not know it; these only hold others.
KNOWN = frozenset(
    "shppict shpinst shptxt dptxbxtext do picprop sp nesttableprops mmath moMathPara fldrslt "
    "field result shp shpgrp upr ud".split()
)
KEPT = ("title", "author", "creatim")
LEFT_OUT: dict[str, Reason] = {
    **dict.fromkeys(
        "header headerf headerl headerr footer footerf footerl footerr".split(), "running head"
    ),
    "annotation": "comments",
}
"""Groups whose text is left out, and why."""
CHARSETS = {
    **{77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5"},
    **{161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257"},
    **{204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850"},
}
SYMBOLS = 2
"""The set of characters of fonts of signs."""
INTO = {
    "fonttbl": "fonttbl",
    "stylesheet": "stylesheet",
    "footnote": "note",
    "shptxt": "box",
    "dptxbxtext": "box",
    "pict": "picture",
    "listtext": "label",
    "pntext": "label",
    "field": "field",
    "fldinst": "code",
    "formfield": "form",
    "ffl": "choice",
    "ffdeftext": "form_text",
    "object": "object",
    "objclass": "class",
    "sn": "name",
    "sv": "value",
    "bkmkstart": "anchor",
    "moMath": "formula",
    "info": "info",
    **dict.fromkeys(LEFT_OUT, "left_out"),
    **{name: name for name in KEPT},
}
"""What a group is there for."""
SHOWN = ("", "note", "box", "field", "object")
"""Groups whose text is shown."""
SPOKEN = {
    **{"tab": "\t", "line": "\x0b", "emdash": "—", "endash": "–", "emspace": " ", "enspace": " "},
    **{"qmspace": " ", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“"},
    **{"rdblquote": "”", "zwj": "\u200d", "zwnj": "\u200c"},
}
SIGNS = {b"~": "\u00a0", b"-": "", b"_": "\u2011", b"{": "{", b"}": "}", b"\\": "\\"}
ENDS: dict[str, Ending] = {
    **{"par": "paragraph", "sect": "paragraph", "page": "paragraph", "column": "paragraph"},
    **{"cell": "cell", "nestcell": "nested_cell", "row": "row", "nestrow": "nested_row"},
}
