"""What is shipped is listed and licensed, and no advisory that the release knows holds for it."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]
# Of the schema of CycloneDX 1.6, what is used: what is required, what is allowed, and how written.
COMPONENT = {
    "type": "object",
    "required": ["type", "name"],
    "additionalProperties": False,
    "properties": {
        "type": {"enum": ["application", "library", "data"]},
        "bom-ref": {"type": "string", "minLength": 1},
        "name": {"type": "string", "minLength": 1},
        "version": {"type": "string", "minLength": 1},
        "purl": {"type": "string", "pattern": r"^pkg:pypi/[a-z0-9-]+@[\w.]+$"},
        "licenses": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1,
            "items": {
                "type": "object",
                "required": ["expression"],
                "additionalProperties": False,
                "properties": {"expression": {"type": "string"}},
            },
        },
        "properties": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name"],
                "additionalProperties": False,
                "properties": {"name": {"type": "string"}, "value": {"type": "string"}},
            },
        },
    },
}
SCHEMA = {
    "type": "object",
    "required": ["bomFormat", "specVersion"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"const": "http://cyclonedx.org/schema/bom-1.6.schema.json"},
        "bomFormat": {"const": "CycloneDX"},
        "specVersion": {"const": "1.6"},
        "serialNumber": {
            "type": "string",
            "pattern": "^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        },
        "version": {"type": "integer", "minimum": 1},
        "metadata": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"component": COMPONENT},
        },
        "components": {"type": "array", "uniqueItems": True, "items": COMPONENT},
        "dependencies": {
            "type": "array",
            "uniqueItems": True,
            "items": {
                "type": "object",
                "required": ["ref"],
                "additionalProperties": False,
                "properties": {
                    "ref": {"type": "string"},
                    "dependsOn": {
                        "type": "array",
                        "uniqueItems": True,
                        "items": {"type": "string"},
                    },
                },
            },
        },
    },
}
SPDX = {
    *("MIT", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "LGPL-3.0-only", "ISC", "Zlib"),
    *("GPL-2.0-or-later", "LGPL-2.1-or-later", "MPL-1.1"),
    *("GPL-2.0-only", "GPL-3.0-only", "PSF-2.0", "CC0-1.0", "OFL-1.1", "blessing"),
}
FREE = SPDX - {"GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-only"}


@pytest.fixture
def sbom(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("sbom", ROOT / "packages" / "sbom.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "sbom", module)
    spec.loader.exec_module(module)
    return module


def test_the_bill_is_what_cyclonedx_asks_for(sbom: ModuleType, tmp_path: Path) -> None:
    target = tmp_path / "new" / "sbom.json"
    assert sbom.main([str(target)]) == 0
    bill: dict[str, Any] = json.loads(target.read_text("utf-8"))
    jsonschema.validate(bill, SCHEMA)
    assert bill == sbom.bill()
    refs = [one["bom-ref"] for one in (bill["metadata"]["component"], *bill["components"])]
    assert len(refs) == len(set(refs))
    assert {one["ref"] for one in bill["dependencies"]} == set(refs)
    assert {on for one in bill["dependencies"] for on in one["dependsOn"]} == set(refs[1:])


def test_every_locked_package_is_in_it(sbom: ModuleType) -> None:
    lock = (ROOT / "resources" / "locks" / "run.txt").read_text("utf-8")
    named = re.findall(r"^(\S+)==(\S+)", lock, re.MULTILINE)
    assert len(named) >= 20
    assert [(name, version) for name, version, _ in sbom.locked()] == named
    components = {(one["name"], one.get("version")) for one in sbom.bill()["components"]}
    assert set(named) <= components


def test_every_licence_is_one_that_may_be_shipped(sbom: ModuleType) -> None:
    for one in sbom.bill()["components"]:
        (licence,) = one["licenses"]
        choices = [set(part.split(" AND ")) for part in licence["expression"].split(" OR ")]
        assert set().union(*choices) <= SPDX
        assert any(choice <= FREE for choice in choices), one["name"]


def test_a_package_that_nobody_looked_at_stops_it(
    sbom: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sbom.LICENCES, "lxml")
    with pytest.raises(SystemExit, match="knows no licence of lxml"):
        sbom.bill()
    with pytest.raises(SystemExit, match="Say which file"):
        sbom.main([])


@pytest.mark.skipif(
    sys.platform != "linux", reason="the versions are those of the wheels for Linux"
)
def test_what_packages_bring_is_named_as_it_is(sbom: ModuleType) -> None:
    import pypdfium2
    from lxml import etree
    from PySide6.QtCore import qVersion
    from sqlcipher3 import dbapi2

    named = {part.name: part.version for part in sbom.PARTS}
    database = dbapi2.connect(":memory:")
    database.execute("PRAGMA key='x'")
    (cipher,) = database.execute("PRAGMA cipher_version").fetchone()
    (provider,) = database.execute("PRAGMA cipher_provider_version").fetchone()
    database.close()
    assert named["Qt"] == qVersion()
    assert named["libxml2"] == ".".join(map(str, etree.LIBXML_VERSION))
    assert named["libxslt"] == ".".join(map(str, etree.LIBXSLT_VERSION))
    assert str(pypdfium2.PDFIUM_INFO).startswith(named["PDFium"])
    assert cipher.startswith(named["SQLCipher"])
    assert named["SQLite"] == dbapi2.sqlite_version
    assert provider.startswith(f"OpenSSL {named['OpenSSL']} ")


def test_no_advisory_holds_for_what_is_shipped(sbom: ModuleType) -> None:
    assert sbom.affected() == []
    listed = json.loads(sbom.ADVISORIES.read_text("utf-8"))
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", listed["looked_up"])
    shipped = {name for name, _, _ in sbom.locked()} | {part.name for part in sbom.PARTS}
    for one in listed["advisories"]:
        assert one["package"] in shipped, one
        assert one["id"]
        assert one["what"]
        # What no release mends is shipped with a reason alone.
        assert one["fixed"] or one["accepted"]


def test_an_advisory_that_holds_stops_the_bill(
    sbom: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    listed = tmp_path / "advisories.json"
    advisories = [
        {"id": "CVE-1", "package": "lxml", "fixed": "99.10"},
        {"id": "CVE-2", "package": "SQLite", "fixed": ""},
        {"id": "CVE-3", "package": "lxml", "fixed": "4.9.10"},
        {"id": "CVE-4", "package": "Qt", "fixed": "99", "accepted": "It is not used."},
    ]
    listed.write_text(json.dumps({"advisories": advisories}), encoding="utf-8")
    monkeypatch.setattr(sbom, "ADVISORIES", listed)
    found = sbom.affected()
    assert [re.findall(r"CVE-\d", one) for one in found] == [["CVE-1"], ["CVE-2"]]
    assert found[1].endswith("which no release mends.")
    with pytest.raises(SystemExit, match="CVE-1"):
        sbom.main([str(tmp_path / "bill.json")])
    assert not (tmp_path / "bill.json").exists()
