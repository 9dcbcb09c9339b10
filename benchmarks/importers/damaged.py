"""Damages files of the corpora in many ways, and reads them all as the window would.

python -m benchmarks.importers.damaged CORPORA [COUNT] [--seed N] [--keep FOLDER] [--only FORMAT]

COUNT files of each format are cut off, have bytes flipped, parts doubled or taken out, another
encoding, another suffix, an archive in an archive, entries of an archive damaged or deep nests of
tags. Each must be opened, soundly, or refused in one sentence; it must not reach the limits of time
and memory, and no importer may make a mistake with it. What does is kept in FOLDER.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import tempfile
import time
import zipfile
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path
from typing import Any

from reader.problem import Problem
from reader.services.staging import checked
from reader.workers import tasks
from reader.workers.pool import Workers

FORMATS = ("html", "jats", "epub", "docx", "mhtml", "markdown", "pdf")
ARCHIVES = (".epub", ".docx")
SUFFIXES = (".html", ".xml", ".epub", ".docx", ".mhtml", ".md", ".pdf", ".rtf", ".txt", ".xhtml")
ROOT = Path(__file__).resolve().parents[2]
LONGEST_SENTENCE = 240
AHEAD = 6
Damage = Callable[[bytes, random.Random], bytes]


def cut_off(content: bytes, dice: random.Random) -> bytes:
    return content[: dice.randrange(len(content) + 1)]


def flipped(content: bytes, dice: random.Random) -> bytes:
    out = bytearray(content)
    for _ in range(dice.choice((1, 5, 50, 500))):
        if out:
            out[dice.randrange(len(out))] = dice.randrange(256)
    return bytes(out)


def taken_out(content: bytes, dice: random.Random) -> bytes:
    first, last = sorted(dice.randrange(len(content) + 1) for _ in range(2))
    return content[:first] + content[min(last, first + 5000) :]


def doubled(content: bytes, dice: random.Random) -> bytes:
    first, last = sorted(dice.randrange(len(content) + 1) for _ in range(2))
    part = content[first : min(last, first + 5000)]
    return content[:first] + part * dice.choice((2, 20)) + content[first:]


def moved_lines(content: bytes, dice: random.Random) -> bytes:
    lines = content.split(b"\n")
    dice.shuffle(lines)
    return b"\n".join(lines)


def in_another_encoding(content: bytes, dice: random.Random) -> bytes:
    name = dice.choice(("utf-16", "utf-16-be", "utf-32", "cp1252", "shift_jis", "koi8-r", "utf-7"))
    return content.decode("utf-8", "replace").encode(name, "replace")


def without_ends(content: bytes, dice: random.Random) -> bytes:
    """Some closing tags, brackets and quotes are missing."""
    return re.sub(rb"</\w+>|\]|\"|>", lambda m: b"" if dice.random() < 0.1 else m[0], content)


def nested(content: bytes, dice: random.Random) -> bytes:
    tag = dice.choice((b"div", b"sec", b"table><tr><td", b"ul><li", b"b", b"blockquote", b"p"))
    at = content.find(b">", dice.randrange(len(content) + 1)) + 1
    return content[:at] + (b"<" + tag + b">") * dice.choice((50, 400, 20000)) + content[at:]


def with_signs(content: bytes, dice: random.Random) -> bytes:
    signs = (b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"&#0;", b"&#xD800;", b"&nosuch;", b"]]>",
             b"<!--", b"<![CDATA[", "\u202e".encode(), "e\u0301".encode() * 40)  # fmt: skip
    out = content
    for _ in range(dice.choice((1, 10, 100))):
        at = dice.randrange(len(out) + 1)
        out = out[:at] + dice.choice(signs) + out[at:]
    return out


def emptied(_content: bytes, dice: random.Random) -> bytes:
    return dice.choice(
        (b"", b" \n", b"\x00" * 1000, bytes(dice.randrange(256) for _ in range(999)))
    )


def unchanged(content: bytes, _dice: random.Random) -> bytes:
    return content


PLAIN: tuple[Damage, ...] = (
    *(cut_off, flipped, taken_out, doubled, moved_lines, in_another_encoding, without_ends),
    *(nested, with_signs, emptied, unchanged),
)


def repacked(content: bytes, dice: random.Random) -> bytes:
    """An archive whose own files are damaged, missing, doubled, renamed or archives themselves."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    out = io.BytesIO()
    victims = dice.sample(range(len(members)), min(len(members), dice.choice((1, 1, 3))))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, inner) in enumerate(members):
            kind = dice.randrange(6) if number in victims else -1
            if kind == 0:
                continue
            if kind == 1:
                name = dice.choice(("../" + name, name.upper(), "x/" + name, "C:\\" + name))
            elif kind == 2:
                inner = content
            elif kind >= 3:
                inner = dice.choice(PLAIN)(inner, dice)
            archive.writestr(name, inner)
    return out.getvalue()


def damaged(files: list[Path], count: int, dice: random.Random) -> Iterator[tuple[str, bytes]]:
    """So many damaged files: their names and contents."""
    for number in range(count):
        path = dice.choice(files)
        content = path.read_bytes()
        damage = dice.choice(PLAIN)
        if path.suffix in ARCHIVES and zipfile.is_zipfile(path) and dice.random() < 0.7:
            damage = repacked
        suffix = dice.choice(SUFFIXES) if dice.random() < 0.1 else path.suffix
        try:
            made = damage(content, dice)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
            made = cut_off(content, dice)
        yield f"{path.stem[:60]}-{number}-{damage.__name__}{suffix}", made


def outcome(future: Future[Any], path: Path, staging: Path) -> str:
    """What became of a file in a word: what begins in capitals should not be."""
    try:
        with checked(future.result(), staging) as taken:
            return "opened" if taken.document.text.strip() or taken.assets else "EMPTY"
    except Problem as problem:
        said = problem.sentence
    if "made a mistake" in said:
        return "BUG"
    if "more time or memory" in said:
        return "LIMIT"
    if "not sound" in said:
        return "UNSOUND"
    sound = said.endswith(".") and "\n" not in said
    return "refused" if sound and len(said) < LONGEST_SENTENCE + len(path.name) else f"SAID {said}"


def read_all(name: str, files: list[Path], count: int, seed: int, keep: Path | None) -> str:
    """Reads damaged files of a format; a row of what became of them."""
    counts: Counter[str] = Counter()
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as home, closing(Workers()) as workers:
        staging = Path(home) / "staging"
        staging.mkdir()
        waiting: deque[tuple[Path, Future[Any]]] = deque()

        def settle() -> None:
            path, future = waiting.popleft()
            found = outcome(future, path, staging)
            counts[found] += 1
            if found[0].isupper():
                print("   ", found, path.name, flush=True)
                if keep is not None:
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / path.name).write_bytes(path.read_bytes())
            path.unlink()

        for file_name, content in damaged(files, count, random.Random(f"{name} {seed}")):
            path = Path(home) / file_name
            path.write_bytes(content)
            waiting.append((path, workers.submit("read", tasks.read, str(path), str(staging))))
            if len(waiting) >= AHEAD:
                settle()
        while waiting:
            settle()
        if list(staging.iterdir()):
            counts["left in staging"] += 1
    opened, refused = counts.pop("opened", 0), counts.pop("refused", 0)
    speed = count / (time.perf_counter() - begun)
    bad = ", ".join(f"{n} {what}" for what, n in counts.items()) or "0"
    return f"| {name} | {count} | {opened} | {refused} | {bad} | {speed:.0f} |"


def main() -> None:
    """Reads them all and prints what became of them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("corpora", type=Path)
    parser.add_argument("count", type=int, nargs="?", default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--only")
    options = parser.parse_args()
    print("| format | damaged files | opened | refused | crashed or over limits | a second |")
    print("|---|---|---|---|---|---|")
    for name in [options.only] if options.only else FORMATS:
        files = [p for p in sorted((options.corpora / name).rglob("*")) if p.is_file()]
        files = [p for p in files if p.suffix not in (".py", ".txt", ".json", "")]
        # Of Markdown there is the specification alone.
        files = files or sorted(ROOT.glob("docs/*.md")) + sorted(ROOT.glob("seeds/*.md"))
        print(read_all(name, files, options.count, options.seed, options.keep), flush=True)


if __name__ == "__main__":
    main()
