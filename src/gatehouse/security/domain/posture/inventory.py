"""What is installed: distributions of Python beside this program, packages of Debian on this host."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distributions

from packageurl import PackageURL
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from gatehouse.security.domain.posture.components import Component
from gatehouse.security.domain.posture.licences import licence_of

_LONGEST_LICENCE = 100
_SOURCE = re.compile(r"(\S+)(?:\s+\(([^)]+)\))?")


def installed_distributions() -> list[Component]:
    """Every distribution that this Python imports, by name, each with what it needs of the others."""
    found: dict[str, Distribution] = {}
    for each in distributions():
        if each.name:
            found.setdefault(canonicalize_name(each.name), each)
    purls = {name: python_purl(name, each.version) for name, each in found.items()}
    return [_component(name, found[name], purls) for name in sorted(found)]


def python_purl(name: str, version: str) -> str:
    return PackageURL(type="pypi", name=canonicalize_name(name), version=version).to_string()


def _said(found: Distribution, field: str) -> str:
    """A field of its metadata, "" where it is not there: `metadata.get` is not in the types of Python 3.11."""
    return next(iter(found.metadata.get_all(field) or ()), "")


def _component(name: str, found: Distribution, purls: dict[str, str]) -> Component:
    expression = _said(found, "License-Expression")
    needs = {purls[each] for each in _needed(found) if each in purls}
    return Component(
        name,
        found.version,
        purls[name],
        expression or licence_of(found)[:_LONGEST_LICENCE],
        is_expression=bool(expression),
        needs=tuple(sorted(needs)),
    )


def _needed(found: Distribution) -> Iterator[str]:
    """What it cannot do without; what an extra would add is not known to be used."""
    for line in found.requires or ():
        try:
            requirement = Requirement(line)
        except InvalidRequirement:
            continue
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield canonicalize_name(requirement.name)


def debian_packages(status: Iterable[str], release: str) -> list[Component]:
    """The packages that are installed, from the lines of `/var/lib/dpkg/status` (deb-control(5)); no licences there."""
    return [
        _debian(fields, release)
        for fields in _paragraphs(status)
        if fields.get("Status", "").endswith(" installed") and fields.keys() >= {"Package", "Version"}
    ]


def _paragraphs(lines: Iterable[str]) -> Iterator[dict[str, str]]:
    fields: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not line.strip():
            yield fields
            fields = {}
        elif colon and not line[0].isspace():
            fields[name] = value.strip()
    yield fields


def _debian(fields: dict[str, str], release: str) -> Component:
    name, version = fields["Package"], fields["Version"]
    qualifiers = {"arch": fields.get("Architecture", ""), "distro": f"debian-{release}" if release else ""}
    source = _SOURCE.fullmatch(fields.get("Source", ""))
    if source:
        qualifiers["upstream"] = f"{source[1]}@{source[2]}" if source[2] else source[1]
    kept = {key: value for key, value in qualifiers.items() if value}
    return Component(name, version, PackageURL("deb", "debian", name, version, kept).to_string())
