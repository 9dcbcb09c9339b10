"""Writes what is shipped as a CycloneDX 1.6 document: Python packages, and what these bring.

    python3 packages/sbom.py FILE

Names and versions come from the lock; licences, and the libraries and data that lie inside of
packages or beside them, from the tables here, which a test holds to what is installed. Standard
library only. Source: https://cyclonedx.org/docs/1.6/json/.
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "resources" / "locks" / "run.txt"
ADVISORIES = Path(__file__).resolve().parent / "advisories.json"

# As SPDX calls them; a package without a row stops this, so that none is shipped unlooked at.
LICENCES = {
    "argon2-cffi": "MIT",
    "argon2-cffi-bindings": "MIT",
    "cached-property": "BSD-3-Clause",
    "cffi": "MIT",
    "chardet": "0BSD",
    "chevron": "MIT",
    "frozendict": "LGPL-3.0-only",
    "genanki": "MIT",
    "latex2mathml": "MIT",
    "lxml": "BSD-3-Clause",
    "markdown-it-py": "MIT",
    "mdit-py-plugins": "MIT",
    "mdurl": "MIT",
    "msgspec": "BSD-3-Clause",
    "numpy": "BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0",
    "platformdirs": "MIT",
    "pycparser": "BSD-3-Clause",
    "pycryptodomex": "BSD-2-Clause",
    "pypdfium2": "BSD-3-Clause OR Apache-2.0",
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    "pyside6-essentials": "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
    "pystemmer": "MIT AND BSD-3-Clause",
    "python-docx": "MIT",
    "pyyaml": "MIT",
    "pyzipper": "MIT",
    "shiboken6": "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
    "sqlcipher3": "Zlib",
    "typing-extensions": "PSF-2.0",
    "whoosh3": "BSD-2-Clause",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A library or data inside of a package of the lock, or of the program itself ("")."""

    of: str
    name: str
    version: str
    licence: str
    kind: str = "library"


# As the wheels for Linux bring them; the one of numpy's names no version of its own.
PARTS = (
    Part("pyside6-essentials", "Qt", "6.11.3", "LGPL-3.0-only"),
    Part("lxml", "libxml2", "2.14.6", "MIT"),
    Part("lxml", "libxslt", "1.1.43", "MIT"),
    Part("pypdfium2", "PDFium", "159.0.8149.0", "BSD-3-Clause AND Apache-2.0"),
    Part("sqlcipher3", "SQLCipher", "4.19.0", "BSD-3-Clause"),
    Part("sqlcipher3", "SQLite", "3.53.4", "blessing"),
    Part("sqlcipher3", "OpenSSL", "3.6.0", "Apache-2.0"),
    Part("numpy", "OpenBLAS", "", "BSD-3-Clause"),
    Part("pystemmer", "Snowball", "", "BSD-3-Clause"),
    Part("", "Inter", "", "OFL-1.1", "data"),
    Part("", "Source Serif", "", "OFL-1.1", "data"),
    Part("", "Lucide", "", "ISC", "data"),
)
_LOCKED = re.compile(r"^([a-z0-9-]+)==([\w.]+)(?: ; ([^\\\n]+?))? \\$", re.MULTILINE)


def locked(lock: Path = LOCK) -> list[tuple[str, str, str]]:
    """Name, version and marker ("" for everywhere) of each package of a lock."""
    return [(one[1], one[2], one[3] or "") for one in _LOCKED.finditer(lock.read_text("utf-8"))]


def version() -> str:
    """The version of the program."""
    source = (ROOT / "reader" / "__init__.py").read_text("utf-8")
    return re.findall(r'__version__ = "(.+)"', source)[0]


def bill() -> dict[str, Any]:
    """The document, the same for the same lock.

    Raises:
        SystemExit: when a package of the lock has no licence in the table.
    """
    packages = locked()
    if unknown := [name for name, _, _ in packages if name not in LICENCES]:
        sys.exit(f"packages/sbom.py knows no licence of {', '.join(unknown)}.")
    root = f"offprint@{version()}"
    components, depends = [], {root: [f"pkg:pypi/{name}@{is_at}" for name, is_at, _ in packages]}
    for name, is_at, marker in packages:
        ref = f"pkg:pypi/{name}@{is_at}"
        one = _component(ref, name, is_at, LICENCES[name]) | {"purl": ref}
        if marker:
            one["properties"] = [{"name": "offprint:only-where", "value": marker}]
        components.append(one)
        depends[ref] = [_ref(part) for part in PARTS if part.of == name]
    names = {name for name, _, _ in packages}
    for part in PARTS:
        if not part.of or part.of in names:
            components.append(
                _component(_ref(part), part.name, part.version, part.licence, part.kind)
            )
            depends[_ref(part)] = []
    depends[root] += [_ref(part) for part in PARTS if not part.of]
    made: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": _component(root, "offprint", version(), "MIT", "application"),
        },
        "components": components,
        "dependencies": [{"ref": ref, "dependsOn": on} for ref, on in depends.items()],
    }
    made["serialNumber"] = uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(made)).urn
    return made


def _ref(part: Part) -> str:
    return f"{part.of or 'offprint'}/{part.name}".replace(" ", "-")


def _component(
    ref: str, name: str, is_at: str, licence: str, kind: str = "library"
) -> dict[str, Any]:
    one = {"type": kind, "bom-ref": ref, "name": name, "licenses": [{"expression": licence}]}
    return one | ({"version": is_at} if is_at else {})


def numbers(is_at: str) -> tuple[int, ...]:
    """A version as numbers to compare; what is none of them counts for nothing."""
    return tuple(int(one) for one in re.findall(r"\d+", is_at))


def affected() -> list[str]:
    """A sentence for each advisory of the list that what is shipped is older than, or open to."""
    advisories = json.loads(ADVISORIES.read_text("utf-8"))["advisories"]
    shipped = [(name, is_at) for name, is_at, _ in locked()]
    shipped += [(part.name, part.version) for part in PARTS]
    return [
        f"{name} {is_at} has {one['id']}, which {one['fixed'] or 'no release'} mends."
        for one in advisories
        for name, is_at in shipped
        if name == one["package"]
        and "accepted" not in one
        and (not one["fixed"] or numbers(is_at) < numbers(one["fixed"]))
    ]


def main(arguments: list[str]) -> int:
    """Writes the document; refuses while an advisory of the list holds."""
    if len(arguments) != 1:
        sys.exit("Say which file is to be written: python3 packages/sbom.py FILE")
    if found := affected():
        sys.exit("\n".join(found))
    target = Path(arguments[0])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(bill(), indent=2) + "\n", encoding="utf-8")
    print(f"{target}: {len(bill()['components'])} components")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
