"""Journal articles in JATS, the XML of PubMed Central and its forerunner of the NLM.

Source: https://jats.nlm.nih.gov/archiving/tag-library/1.3/.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from reader.importers.common.companions import NO_COMPANIONS, Companions
from reader.importers.common.elements import tag_of
from reader.importers.common.images import Assets
from reader.importers.common.xml import parse_xml
from reader.importers.jats.article import Article
from reader.importers.result import ImportResult, read_bytes
from reader.importers.xml_kinds import refusal
from reader.problem import Problem

IMPORTER = "jats/3"


def read(
    path: Path, companions: Companions = NO_COMPANIONS, content: bytes | None = None
) -> ImportResult:
    """The document of an article, with those of its pictures that lie beside it.

    `content` is what the file holds, where it is part of an archive.

    Raises:
        Problem: when it is damaged, no article, or holds nothing to read.
    """
    untrusted_bytes = read_bytes(path) if content is None else content
    root = parse_xml(untrusted_bytes, path.name)
    articles = [root] if tag_of(root) == "article" else list(root.iter("{*}article"))
    if not articles:
        raise refusal(tag_of(root), path.name)
    if len(articles) > 1:
        raise Problem(
            f"“{path.name}” holds {len(articles)} articles in one file. Save each in a file of its "
            "own and open those."
        )
    assets = Assets()
    document = Article(articles[0], companions.resolver(assets)).document(
        id=hashlib.sha256(untrusted_bytes).hexdigest(), source=path.name, importer=IMPORTER
    )
    if not document.text.strip():
        raise Problem(f"“{path.name}” holds no text to read.")
    return ImportResult(document, assets.contents)
