"""The front matter of a Markdown file: YAML between lines of dashes, TOML between plus signs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from typing import Any

import yaml

from reader.model.identifiers import doi_of, pmid_of

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\ufeff?\+\+\+[ \t]*\n(.*?\n)?\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"([A-Za-z][\w-]*)[ \t]*:(?:[ \t]+(.*))?")
_TABS = re.compile(r"^\t+", re.MULTILINE)
# Where a field of the top level begins.
_ENTRY = re.compile(r"^(?=[A-Za-z][\w-]*[ \t]*:(?:[ \t]|$))", re.MULTILINE)
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

    YAML is read as strings: a date, a number and "no" stay as they are written. What stands between
    two rules without one line of `key: value` is text. "\\n" ends lines.
    """
    toml = _TOML.match(text)
    if toml is not None:
        said = _toml_pairs(toml[1] or "")
        return ({}, text) if said is None else (_facts(_values(said)), text[toml.end() :])
    found = _FRONT.match(text)
    if found is None or not any(map(_FIELD.fullmatch, (found[1] or "").split("\n"))):
        return {}, text
    return _facts(_values(_yaml_pairs(found[1]))), text[found.end() :]


def _toml_pairs(untrusted_toml: str) -> list[tuple[str, Any]] | None:
    """Keys and values of a TOML text, those of its tables with them; None for what is no TOML."""
    try:
        given = tomllib.loads(untrusted_toml)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    # Tables below the top hold what sites keep of their own: "params", "extra", "taxonomies".
    return [*given.items(), *(pair for value in given.values() for pair in _pairs(value))]


def _yaml_pairs(untrusted_yaml: str) -> list[tuple[str, Any]]:
    """Keys and values of the top level of a YAML text.

    Written by hand it is often no YAML ("title: Aspirin: a trial"): then each field is read alone,
    and one that is none even so has the words after its colon as its value.
    """
    # Indented by tabs it is none either.
    untrusted_yaml = _TABS.sub(lambda tabs: "  " * len(tabs[0]), untrusted_yaml)
    pairs = _loaded(untrusted_yaml)
    if pairs is None:
        pairs = []
        for entry in _ENTRY.split(untrusted_yaml)[1:]:
            key, _, words = entry.partition(":")
            pairs += _loaded(entry) or [(key.strip(), words)]
    return pairs


def _loaded(untrusted_yaml: str) -> list[tuple[str, Any]] | None:
    """Keys and values of a mapping, a repeated key each time; None for what is no YAML mapping."""
    try:
        # Makes strings, lists and mappings, whatever the tags say.
        loader = yaml.BaseLoader(untrusted_yaml)
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            return None
        return [
            (key.value, loader.construct_object(value, deep=True))
            for key, value in node.value
            if isinstance(key, yaml.ScalarNode)
        ]
    except (yaml.YAMLError, ValueError, RecursionError):
        return None


def _values(said: Iterable[tuple[str, Any]]) -> dict[str, list[str]]:
    """The values that pairs of key and value give to the fields of a Document."""
    values: dict[str, list[str]] = {}
    for key, value in said:
        name = _NAMES.get(key.lower(), "")
        plain = [_words(one) for one in (value if isinstance(value, list) else [value])]
        if name:
            values.setdefault(name, []).extend(filter(None, plain))
    return values


def _words(one: Any) -> str:
    """One value as words: of a person or a work that is described, the name or the DOI."""
    if isinstance(one, dict):
        parts = [one.get("given"), one.get("family")]
        one = one.get("name") or one.get("doi") or " ".join(p for p in parts if isinstance(p, str))
    if isinstance(one, dict | list | bool):
        return ""
    # An escape may give half a pair of surrogates, or a control character.
    whole = str(one).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join("".join(c if c.isprintable() else " " for c in whole).split())


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


def _people(value: str) -> list[str]:
    """Several names in one value, unless a comma parts the halves of one ("Lee, Ann")."""
    parts = [part.strip() for part in re.split(r";|\band\b|&", value) if part.strip()]
    if len(parts) == 1 and "," in value:
        named = [part.strip() for part in value.split(",")]
        if all(" " in part for part in named):
            return named
    return parts
