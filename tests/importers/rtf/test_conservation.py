"""Nothing of a Rich Text file vanishes: every word of a random one is in the text, or listed."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from reader.importers.rtf import read as rtf
from tests.importers.rtf.test_structure import HEAD

_INLINE = st.sampled_from(
    [
        *(r"WORD ", r"{\b WORD }", r"{\i\strike WORD }", r"{\super WORD }", r"{\revised WORD }"),
        *(r"{\field{\*\fldinst REF x}{\fldrslt WORD }}", r"WORD\tab ", r"WORD\line "),
        *(r"{\v LEFT }", r"{\deleted LEFT }", r"{\*\annotation LEFT }"),
        r"{\field{\*\fldinst IF {\field{\*\fldinst PAGE}{\fldrslt 1}} = 1}{\fldrslt WORD }}",
        r"{\footnote ASIDE }",
        r"{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt\pard ASIDE \par}}}",
    ]
)
_LINE = st.lists(_INLINE, max_size=4).map("".join)
_PARAGRAPH = st.tuples(
    st.sampled_from([r"\pard ", r"\pard\outlinelevel0 ", r"\pard{\listtext 1.\tab}", r"\pard\s1 "]),
    _LINE,
).map(lambda parts: f"{parts[0]}{parts[1]}\\par ")
_ROW = st.lists(_LINE, min_size=1, max_size=3).map(
    lambda cells: (
        r"\trowd"
        + "".join(rf"\cellx{1000 * i}" for i in range(1, len(cells) + 1))
        + r"\pard\intbl "
        + "".join(rf"{cell}\cell " for cell in cells)
        + r"\row "
    )
)
_HEAD = st.sampled_from(["", r"{\header LEFT \par}", r"{\footer LEFT }"])


@given(_HEAD, st.lists(st.one_of(_PARAGRAPH, _ROW), min_size=1, max_size=5))
def test_every_word_is_in_the_text_or_listed(head: str, blocks: list[str]) -> None:
    words: dict[str, list[str]] = {"WORD": [], "LEFT": [], "ASIDE": []}

    def named(found: re.Match[str]) -> str:
        word = f"q{sum(map(len, words.values()))}z"
        words[found[0]].append(word)
        return word

    source = re.sub("WORD|LEFT|ASIDE", named, head + "".join(blocks))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.rtf"
        path.write_bytes(f"{HEAD}{source}\\pard end\\par}}".encode())
        document = rtf.read(path).document
    said = re.findall(r"q\d+z", document.text)
    assert [word for word in said if word in words["WORD"]] == words["WORD"]
    assert sorted(set(said) - set(words["WORD"])) == sorted(words["ASIDE"])
    assert len(said) == len(set(said))
    listed = re.findall(r"q\d+z", " ".join(one.words for one in document.left_out))
    assert sorted(listed) == sorted(words["LEFT"])
    assert all(one.reason != "unaccounted" for one in document.left_out)
