"""The front matter of a Markdown file: YAML between lines of dashes, TOML between plus signs."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from reader.model.identifiers import doi_of, pmid_of

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\ufeff?\+\+\+[ \t]*\n(.*?\n)?\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"([A-Za-z][\w-]*)[ \t]*:(?:[ \t]+(.*))?")
_ITEM = re.compile(r"\s*-[ \t]+(.*)")
_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_NAMES = {
    "title": "title",
    **dict.fromkeys(("author", "authors", "by"), "authors"),
    **dict.fromkeys(("date", "published", "publication_date"), "published"),
    **dict.fromkeys(("updated", "modified", "lastmod", "last_modified"), "updated"),
    **dict.fromkeys(("language", "lang", "locale"), "language"),
    **dict.fromkeys(("journal", "publication"), "journal"),
    "doi": "doi",
    "pmid": "pmid",
    **dict.fromkeys(("replaces", "supersedes"), "replaces"),
    **dict.fromkeys(("licence", "license"), "licence"),
    **dict.fromkeys(("address", "url", "source", "canonical", "link"), "address"),
}


def front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The fields of a Document that the front matter gives, and the text after it.

    Lines of `key: value`, lists in brackets or as lines with dashes, values quoted, folded (`>`)
    or kept (`|`); no other YAML. TOML stands between lines of plus signs. "\\n" ends lines.
    """
    toml = _TOML.match(text)
    if toml is not None:
        said = _toml_values(toml[1] or "")
        return ({}, text) if said is None else (_facts(said), text[toml.end() :])
    found = _FRONT.match(text)
    lines = (found[1] or "").split("\n") if found else []
    if found is None or not any(_FIELD.fullmatch(line) for line in lines):
        return {}, text
    values: dict[str, list[str]] = {}
    name = ""
    folded = False
    for line in lines:
        field = _FIELD.fullmatch(line.rstrip())
        if field:
            name = _NAMES.get(field[1].lower(), "")
            given = (field[2] or "").strip()
            folded = given in (">", "|", ">-", "|-", ">+", "|+")
            values.setdefault(name, []).extend([] if folded else _listed(given))
        elif folded and line.strip():
            values[name] = [" ".join([*values[name], line.strip()])]
        elif (item := _ITEM.fullmatch(line)) is not None:
            inner = _FIELD.fullmatch(item[1])
            values.setdefault(name, []).append(_bare((inner[2] or "") if inner else item[1]))
    return _facts(values), text[found.end() :]


def _toml_values(untrusted_toml: str) -> dict[str, list[str]] | None:
    """The values that TOML gives to the fields of a Document; None for what is no TOML."""
    try:
        given = tomllib.loads(untrusted_toml)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    values: dict[str, list[str]] = {}
    # Tables below the top hold what sites keep of their own: "params", "extra", "taxonomies".
    for key, value in [*given.items(), *(p for v in given.values() for p in _pairs(v))]:
        name = _NAMES.get(key.lower(), "")
        ones = value if isinstance(value, list) else [value]
        plain = [str(one).strip() for one in ones if not isinstance(one, dict | list | bool)]
        plain += [
            str(one["name"]).strip() for one in ones if isinstance(one, dict) and "name" in one
        ]
        if name:
            values.setdefault(name, []).extend(filter(None, plain))
    return values


def _pairs(value: object) -> list[tuple[str, Any]]:
    return list(value.items()) if isinstance(value, dict) else []


def _facts(values: dict[str, list[str]]) -> dict[str, Any]:
    """Fields of a Document by the values that were given to them."""
    facts: dict[str, Any] = {n: v[0] for n, v in values.items() if n and v and v[0]}
    for name, read in (("doi", doi_of), ("pmid", pmid_of)):
        facts |= {name: read(facts[name])} if read(facts.get(name, "")) else {}
    if facts.pop("replaces", None):
        facts["replaces"] = tuple(doi_of(one) or one for one in values["replaces"] if one)
    facts.pop("authors", None)
    authors = [part for given in values.get("authors", []) for part in _people(given)]
    if authors:
        facts["authors"] = tuple(authors)
    for date in ("published", "updated"):
        iso = _ISO.match(facts.pop(date, ""))
        if iso:
            facts[date] = iso[0]
    return facts


def _listed(given: str) -> list[str]:
    if given.startswith("[") and given.endswith("]"):
        inner = re.findall(r"\"[^\"]*\"|'[^']*'|[^,]+", given[1:-1])
        return [bare for part in inner if (bare := _bare(part))]
    return [_bare(given)] if given else []


def _bare(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return re.sub(r"\s#.*$", "", value)


def _people(value: str) -> list[str]:
    """Several names in one value, unless a comma parts the halves of one ("Lee, Ann")."""
    parts = [part.strip() for part in re.split(r";|\band\b|&", value) if part.strip()]
    if len(parts) == 1 and "," in value:
        named = [part.strip() for part in value.split(",")]
        if all(" " in part for part in named):
            return named
    return parts
