"""One piece of software, named so that advisories can be found for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from packageurl import PackageURL
from packaging.utils import canonicalize_name

#: Types of package URLs by the ecosystem of OSV's schema that has their advisories.
_ECOSYSTEMS = {"pypi": "PyPI", "npm": "npm", "cargo": "crates.io", "golang": "Go"}


@dataclass(frozen=True)
class Component:
    """`licence` is what its makers say, "" where they say nothing. `is_expression`: it is an SPDX expression.

    `purl` is its package URL, "" where nobody said one: nothing can be known of such a component.
    """

    name: str
    version: str
    purl: str = ""
    licence: str = ""
    is_expression: bool = False
    #: Package URLs of what it needs; None where nobody knows.
    needs: tuple[str, ...] | None = None
    #: SHA-256 of the files of which it may have been installed, as a lock says them.
    locked_sha256: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """What advisories call a component. `release` is that of a distribution: "12"; Debian's names are of sources."""

    ecosystem: str
    release: str
    name: str
    version: str


def identity_of(component: Component) -> Identity | None:
    """None where the package URL names no ecosystem that is known here, or no version."""
    try:
        purl = PackageURL.from_string(component.purl)
    except ValueError:
        return None
    version = purl.version or component.version
    if not version:
        return None
    if purl.type == "deb" and purl.namespace == "debian":
        return _debian(purl, version)
    ecosystem = _ECOSYSTEMS.get(purl.type)
    if ecosystem is None:
        return None
    name = f"{purl.namespace}/{purl.name}" if purl.namespace else purl.name
    return Identity(ecosystem, "", package_name(ecosystem, name), version)


def package_name(ecosystem: str, name: str) -> str:
    """As it is compared: PyPI's names by PEP 503."""
    return canonicalize_name(name) if ecosystem == "PyPI" else name


def _debian(purl: PackageURL, version: str) -> Identity:
    """The source package, which advisories are about: its version may differ from that of the binary package."""
    qualifiers: dict[str, Any] = dict(purl.qualifiers) if isinstance(purl.qualifiers, dict) else {}
    source, _, source_version = str(qualifiers.get("upstream", "")).partition("@")
    release = str(qualifiers.get("distro", "")).removeprefix("debian-")
    epoch = qualifiers.get("epoch")
    if epoch and ":" not in version:
        version = f"{epoch}:{version}"
    return Identity("Debian", release, source or purl.name, source_version or version)
