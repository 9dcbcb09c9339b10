"""The words of Rich Text Format that begin a group, and its sets of characters."""

from __future__ import annotations

UNREAD = frozenset(
    (
        "aftncn aftnsep aftnsepc annotation atnauthor atndate atnicn atnid atnparent atnref "
        "atntime atrfend atrfstart background bkmkend bkmkstart blipuid colortbl "
        "colorschememapping datafield datastore docvar factoidname falt filetbl fldinst "
        "fontemb footer footerf footerl footerr formfield ftncn ftnsep ftnsepc g generator "
        "gridtbl header headerf headerl headerr hsv keycode latentstyles levelnumbers "
        "leveltext listlevel listname listoverride listoverridetable listpicture "
        "liststylename listtable lsdlockedexcept mmath nonshppict objalias objclass objdata "
        "objname objsect oldcprops oldpprops oldsprops oldtprops panose pgptbl picprop pn "
        "pnseclvl pntxta pntxtb printim private revtbl rsidtbl rxe shprslt sn sv svb tc "
        "template themedata txe userprops wgrffmtfilter windowcaption writereservation "
        "writereservhash xe xmlattrname xmlattrvalue xmlclose xmlname xmlnstbl xmlopen"
    ).split()
)
"""Groups whose text is not the document's."""
# A group that a reader may leave out if it does not know it; these we know.
KNOWN = frozenset(("shppict", "footnote", "fldinst", "pntext", "listtext", "shptxt"))
KEPT = ("title", "author", "creatim")
CHARSETS = {
    **{77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5"},
    **{161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257"},
    **{204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850"},
}
INTO = {
    "fonttbl": "fonttbl",
    "stylesheet": "stylesheet",
    "footnote": "note",
    "pict": "picture",
    "listtext": "label",
    "pntext": "label",
    "fldinst": "address",
    "info": "info",
    **{name: name for name in KEPT},
}
