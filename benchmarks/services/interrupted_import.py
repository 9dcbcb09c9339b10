"""Kills an import of many files again and again, and looks for what is half there.

python -m benchmarks.services.interrupted_import [FILES] [WORDS]: FILES mixed articles (text,
Markdown, web pages, JATS, RTF) are taken in by the command line, which is killed with all its
workers at random moments and started again until it ends by itself. After each kill every document
in the list must be whole; at the end all files must be there. Then the same files into a new
library, undisturbed, for the number of documents a second, end to end.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from html import escape
from pathlib import Path

from benchmarks.search.articles import an_article
from reader.model.document import Document
from reader.paths import Paths
from reader.store.library import Library

ROOT = Path(__file__).resolve().parents[2]


def written(folder: Path, number: int, words: int) -> None:
    """An article of the benchmark in one of five formats."""
    document = an_article(number)
    parts = [
        (s.title if s else "", span.cut(document.text)) for s, span in document.outline.passages()
    ]
    title, room = document.title, words * 6
    body = [(heading, text[:room].partition("\n")[2] or text) for heading, text in parts]
    suffix = ("txt", "md", "html", "nxml", "rtf")[number % 5]
    (folder / f"article{number}.{suffix}").write_text(_in(suffix, title, body, document), "utf-8")


def _in(suffix: str, title: str, body: list[tuple[str, str]], document: Document) -> str:
    if suffix == "txt":
        return f"{title}\n\n" + "\n\n".join(f"{heading}\n\n{text}" for heading, text in body)
    if suffix == "md":
        return f"# {title}\n\n" + "\n\n".join(f"## {heading}\n\n{text}" for heading, text in body)
    if suffix == "rtf":
        return "{\\rtf1\\ansi " + "\\par ".join([title, *(text for _, text in body)]) + "}"
    paragraph = "".join(
        f"<{tag}>{escape(heading)}</{tag}><p>{escape(text)}</p>"
        for tag in ("h2",)
        for heading, text in body
    )
    if suffix == "html":
        return f"<html><title>{escape(title)}</title><body><h1>{escape(title)}</h1>{paragraph}"
    inner = paragraph.replace("<h2>", "<sec><title>").replace("</h2>", "</title>")
    inner = inner.replace("</p>", "</p></sec>")
    return (
        "<article><front><article-meta><title-group><article-title>"
        f"{escape(title)} {document.id[:8]}</article-title></title-group></article-meta></front>"
        f"<body>{inner}</body></article>"
    )


def begin(data: Path, files: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "reader", "--data", str(data), "import", "--json", str(files)]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def whole(data: Path) -> int:
    """How many documents are listed; each must open, and nothing may be wrong with the library."""
    with closing(Library(Paths(data))) as library:
        entries = library.catalog.entries()
        for entry in entries:
            assert library.document(entry.id).text, entry.id
            assert library.original(entry.id).is_file(), entry.id
        assert library.verify() == [], library.verify()
    return len(entries)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    words = int(sys.argv[2]) if len(sys.argv) > 2 else 3_000
    chance = random.Random(5)
    with tempfile.TemporaryDirectory() as place:
        files, data = Path(place) / "files", Path(place) / "data"
        files.mkdir()
        for number in range(count):
            written(files, number, words)
        kills, found = 0, [0]
        while True:
            process = begin(data, files)
            try:
                process.wait(chance.uniform(0.3, 2.0) + 0.5 * kills)
                break
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                kills += 1
            found.append(whole(data))
            assert found[-1] >= found[-2], "what was in the library is gone"
        assert process.returncode == 0, process.returncode
        assert whole(data) == count, (whole(data), count)
        listed = [sys.executable, "-m", "reader", "--data", str(data), "list", "--json"]
        made = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True)
        indexed = sum(one["indexed"] for one in json.loads(made.stdout)["documents"])
        left = list(Paths(data).staging.iterdir()) if Paths(data).staging.exists() else []
        print(f"{count} files, {kills} kills; after each, all that was listed was whole: {found}")
        print(f"at the end {count} documents, {indexed} indexed, {len(left)} left in staging")
        begun = time.perf_counter()
        begin(Path(place) / "again", files).wait()
        spent = time.perf_counter() - begun
        print(f"undisturbed, imported and indexed: {count / spent:.1f} documents a second")


if __name__ == "__main__":
    main()
