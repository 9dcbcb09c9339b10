"""How the examples of CommonMark's specification are read.

    python -m benchmarks.importers.markdown_spec [FILE]

FILE is the specification with its examples, each Markdown with the HTML that it means. Compared are
the words; what is refused as holding no text must have none in the HTML either.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from lxml import html

from reader.importers.markdown.read import read
from reader.problem import Problem

FILE = Path(__file__).resolve().parents[3] / "shared/corpora/markdown/commonmark-spec.txt"
_FENCE = "`" * 32
_EXAMPLE = re.compile(rf"^{_FENCE} example\n(.*?)\n?^\.\n(.*?)^{_FENCE}$", re.DOTALL | re.MULTILINE)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def main() -> None:
    text = Path(sys.argv[1] if len(sys.argv) > 1 else FILE).read_text("utf-8")
    same = refused = 0
    spent = 0.0
    examples = _EXAMPLE.findall(text)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "example.md"
        for source, meant in examples:
            path.write_text(source.replace("→", "\t"), "utf-8")
            tree = html.fromstring(f"<div>{meant.replace('→', chr(9))}</div>")
            expected = words("".join(map(str, tree.itertext())))
            begun = time.process_time()
            try:
                found = words(read(path).document.text)
            except Problem:
                refused, found = refused + 1, words("")
            spent += time.process_time() - begun
            if found == expected:
                same += 1
            else:
                print(f"{source[:60]!r} too many {dict(found - expected)}", end=" ")
                print(f"missing {dict(expected - found)}")
    print(
        f"{len(examples)} examples, {same} with the same words, {refused} refused as without text"
    )
    print(f"{len(examples) / spent:.0f} a second")


if __name__ == "__main__":
    main()
