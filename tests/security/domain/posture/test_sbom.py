"""Bills of materials; the official schema, as cyclonedx-python-lib ships it, is the oracle."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from gatehouse.kernel.errors import UnreadableError
from gatehouse.security.domain.posture.components import Component
from gatehouse.security.domain.posture.inventory import debian_packages, installed_distributions
from gatehouse.security.domain.posture.sbom import bill_of_materials, read_bill

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
SERIAL = uuid.UUID("01a21940-230f-7613-99ee-11f9a030a507")
STATUS = """Package: libssl3
Status: install ok installed
Architecture: amd64
Source: openssl (3.0.11-1)
Version: 3.0.11-1+b1
Description: a library
 Version: of its text

Package: gone
Status: deinstall ok config-files
Version: 1

Package: bash
Status: install ok installed
Version: 5.2.15-2
"""


def test_what_is_installed_here_is_valid_by_the_schema_and_read_back() -> None:
    found = [*installed_distributions(), *debian_packages(STATUS.splitlines(), "12")]
    own = next(each for each in found if each.name == "gatehouse")
    others = [each for each in found if each is not own]
    written = json.dumps(bill_of_materials(own, others, serial=SERIAL, now=NOW))
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(written) is None
    read = read_bill(written.encode(), "own")
    assert [(each.name, each.version, each.purl, each.licence) for each in read] == [
        (each.name, each.version, each.purl, each.licence) for each in others
    ]
    needs = {each["ref"]: each["dependsOn"] for each in json.loads(written)["dependencies"]}
    django = next(each.purl for each in others if each.name == "django")
    assert django in needs[own.purl]
    assert {need for each in needs.values() for need in each} <= needs.keys()


def test_the_document() -> None:
    own = Component("own", "1", "pkg:pypi/own@1", "MIT OR Apache-2.0", is_expression=True, needs=("pkg:pypi/x@2",))
    other = Component("x", "2", "pkg:pypi/x@2", "BSD License", needs=("pkg:pypi/absent@1",))
    assert bill_of_materials(own, [other], serial=SERIAL, now=NOW) == {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": "urn:uuid:01a21940-230f-7613-99ee-11f9a030a507",
        "version": 1,
        "metadata": {
            "timestamp": "2026-11-26T12:00:00Z",
            "tools": {"components": [{"type": "application", "name": "own", "version": "1"}]},
            "component": {
                "type": "application",
                "bom-ref": "pkg:pypi/own@1",
                "name": "own",
                "version": "1",
                "purl": "pkg:pypi/own@1",
                "licenses": [{"expression": "MIT OR Apache-2.0"}],
            },
        },
        "components": [
            {
                "type": "library",
                "bom-ref": "pkg:pypi/x@2",
                "name": "x",
                "version": "2",
                "purl": "pkg:pypi/x@2",
                "licenses": [{"license": {"name": "BSD License"}}],
            }
        ],
        "dependencies": [
            {"ref": "pkg:pypi/own@1", "dependsOn": ["pkg:pypi/x@2"]},
            {"ref": "pkg:pypi/x@2", "dependsOn": []},
        ],
    }


def test_packages_of_debian() -> None:
    assert debian_packages(STATUS.splitlines(), "12") == [
        Component(
            "libssl3",
            "3.0.11-1+b1",
            "pkg:deb/debian/libssl3@3.0.11-1%2Bb1?arch=amd64&distro=debian-12&upstream=openssl%403.0.11-1",
        ),
        Component("bash", "5.2.15-2", "pkg:deb/debian/bash@5.2.15-2?distro=debian-12"),
    ]


def bill(*components: Any, **facts: Any) -> bytes:
    return json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.5", "components": components, **facts}).encode()


def test_components_of_others_also_those_within_others_each_once() -> None:
    inner = {"name": "inner", "version": "2", "purl": "pkg:npm/inner@2.0.0", "licenses": [{"license": {"id": "MIT"}}]}
    outer = {"name": "outer", "components": [inner, 5], "licenses": [{"expression": "MIT"}], "version": None}
    assert read_bill(bill(outer, inner, {"version": "nameless"}), "b") == [
        Component("outer", "", "", "MIT", is_expression=True),
        Component("inner", "2", "pkg:npm/inner@2.0.0", "MIT"),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "b is no JSON"),
        (b"[]", "b is no bill of materials in CycloneDX's JSON"),
        (b'{"spdxVersion": "SPDX-2.3"}', "b is no bill of materials in CycloneDX's JSON"),
        (bill({"name": "x"}, specVersion="9.9"), "b is of CycloneDX 9.9, which is not known here"),
        (bill({"name": "x"}, specVersion=[]), "b is of CycloneDX [], which is not known here"),
        (bill(), "b names no components"),
        (b"[" * 5000, "b is no JSON"),
    ],
)
def test_what_is_no_bill(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read_bill(content, "b")
    assert str(refused.value).startswith(said)
