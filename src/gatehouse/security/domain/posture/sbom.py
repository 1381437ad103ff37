"""Software bills of material as CycloneDX 1.6 in JSON (ECMA-424): written of this program, read of others."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from pydantic_core import from_json

from gatehouse.kernel.errors import UnreadableError
from gatehouse.security.domain.posture.components import Component

SCHEMA = "http://cyclonedx.org/schema/bom-1.6.schema.json"
#: Versions whose components and package URLs stand where they are read here.
_READ = frozenset({"1.2", "1.3", "1.4", "1.5", "1.6", "1.7"})


def bill_of_materials(
    of: Component, components: Sequence[Component], *, serial: uuid.UUID | None = None, now: datetime | None = None
) -> dict[str, Any]:
    """The document of `of`, which is itself no member of `components`.

    Without `serial` and `now` the same components give the same document. What a component needs, where nobody knows
    it, is left out: an empty list would say that it needs nothing.
    """
    known = {each.purl for each in components}
    return {
        "$schema": SCHEMA,
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        **({"serialNumber": f"urn:uuid:{serial}"} if serial else {}),
        "version": 1,
        "metadata": {
            **({"timestamp": now.strftime("%Y-%m-%dT%H:%M:%SZ")} if now else {}),
            "tools": {"components": [{"type": "application", "name": of.name, "version": of.version}]},
            "component": _written(of, "application"),
        },
        "components": [_written(each, "library") for each in components],
        "dependencies": [
            {"ref": each.purl, "dependsOn": [need for need in each.needs if need in known]}
            for each in (of, *components)
            if each.needs is not None
        ],
    }


def _written(component: Component, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": kind,
        "bom-ref": component.purl,
        "name": component.name,
        "version": component.version,
        "purl": component.purl,
    }
    if component.locked_sha256:
        # One of them was installed, nobody knows which: `hashes` would say that all are of one file.
        found["properties"] = [{"name": "gatehouse:locked-sha256", "value": each} for each in component.locked_sha256]
    if component.licence:
        named = {"license": {"name": component.licence}}
        found["licenses"] = [{"expression": component.licence} if component.is_expression else named]
    return found


def read_bill(content: bytes, name: str) -> list[Component]:
    """The components of a document, those within others too, each once. Raises `UnreadableError`."""
    try:
        found = from_json(content)
    except ValueError as error:
        raise UnreadableError("%(name)s is no JSON: %(cause)s", name=name, cause=str(error)) from error
    if not isinstance(found, dict) or found.get("bomFormat") != "CycloneDX":
        raise UnreadableError("%(name)s is no bill of materials in CycloneDX's JSON", name=name)
    if _text(found.get("specVersion")) not in _READ:
        raise UnreadableError(
            "%(name)s is of CycloneDX %(version)s, which is not known here",
            name=name,
            version=str(found.get("specVersion")),
        )
    components = list(dict.fromkeys(_read(found.get("components"))))
    if not components:
        raise UnreadableError("%(name)s names no components", name=name)
    return components


def _read(components: Any) -> Iterator[Component]:
    waiting = [components]
    while waiting:
        here = waiting.pop()
        for each in here if isinstance(here, list) else ():
            if isinstance(each, dict) and isinstance(each.get("name"), str):
                licence, is_expression = _licence(each.get("licenses"))
                version, purl = _text(each.get("version")), _text(each.get("purl"))
                yield Component(each["name"], version, purl, licence, is_expression)
                waiting.append(each.get("components"))


def _licence(licences: Any) -> tuple[str, bool]:
    """What is said, and whether it is an expression; several licences stand side by side."""
    said = [each for each in licences if isinstance(each, dict)] if isinstance(licences, list) else []
    for each in said:
        if _text(each.get("expression")):
            return _text(each["expression"]), True
    return ", ".join(_names(each.get("license") for each in said)), False


def _names(licences: Iterable[Any]) -> Iterator[str]:
    for each in licences:
        if isinstance(each, dict) and (name := _text(each.get("id")) or _text(each.get("name"))):
            yield name


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
