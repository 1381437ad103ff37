"""The software bill of materials: CycloneDX 1.6 (ECMA-424) as JSON, of what the lock installs on this machine."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gatehouse import __version__
from gatehouse.cli.harden.licences import licence_of
from gatehouse.cli.harden.lock import Locked


def bill_of_materials(locked: Iterable[Locked]) -> dict[str, Any]:
    """The same lock on the same machine gives the same bill: it has no serial number and no date."""
    components = [_component(each) for each in locked if each.applies]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "gatehouse",
                "name": "gatehouse",
                "version": __version__,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": sorted(components, key=lambda each: each["bom-ref"]),
    }


def _component(each: Locked) -> dict[str, Any]:
    """A package. The lock holds the digests of its files, one of which is installed: all stand as distributions."""
    purl = f"pkg:pypi/{each.name.lower().replace('_', '-')}@{each.version}"
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": purl,
        "name": each.name,
        "version": each.version,
        "purl": purl,
        "properties": [{"name": "gatehouse:locked-sha256", "value": digest} for digest in each.sha256],
    }
    licence = licence_of(each.installed) if each.installed else ""
    if licence:
        component["licenses"] = [{"license": {"name": licence}}]
    return component
